package io.snapper.edge.rest;

import io.snapper.core.error.ErrorCode;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Refuses addresses that the servers would read as something else: a path with a bare semicolon,
 * which ends the name that it is in, and escapes that are broken or no UTF-8.
 */
@WebFilter(urlPatterns = "/api/*", asyncSupported = true)
public class AddressFilter implements Filter {
  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest http = (HttpServletRequest) request;
    String fault = fault(http.getRequestURI(), http.getQueryString());
    if (fault == null) {
      chain.doFilter(request, response);
    } else {
      Problem problem = Problem.of(ErrorCode.INVALID_ARGUMENT, fault);
      ServletProblems.write((HttpServletResponse) response, problem);
    }
  }

  /** Returns what is wrong, or null. */
  static String fault(String path, String query) {
    if (path.indexOf(';') >= 0) {
      return "a semicolon in the path must be written %3B";
    }
    if (!PercentEncoding.isValid(path)) {
      return "the path has a % that is not part of an escaped character in UTF-8";
    }
    if (query != null && !PercentEncoding.isValid(query)) {
      return "the query has a % that is not part of an escaped character in UTF-8";
    }
    return null;
  }
}
