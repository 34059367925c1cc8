/*
 * What the chaos run preloads into a broker's process, to do to it what an operating system can do:
 *
 * - move its wall clock, by as many seconds as the file CHAOS_CLOCK says at its begin (a
 *   64-bit number), from one moment to the next;
 * - let its connections come from the loopback address CHAOS_ADDRESS, so that a proxy can
 *   tell the nodes apart.
 *
 * Relative waits use the monotonic clock, which never jumps. A wait for a moment of the wall clock
 * ends at the true one: nothing in a broker waits so.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const volatile int64_t *offset_s;

__attribute__((constructor)) static void map_clock(void) {
  const char *path = getenv("CHAOS_CLOCK");
  int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
  if (file >= 0) {
    void *mapped = mmap(NULL, sizeof(int64_t), PROT_READ, MAP_SHARED, file, 0);
    if (mapped != MAP_FAILED) {
      offset_s = mapped;
    }
    close(file);
  }
}

int clock_gettime(clockid_t clock, struct timespec *now) {
  static int (*true_clock_gettime)(clockid_t, struct timespec *);
  if (!true_clock_gettime) {
    true_clock_gettime = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
  }
  int result = true_clock_gettime(clock, now);
  if (result == 0 && offset_s && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
    now->tv_sec += *offset_s;
  }
  return result;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
  (void)zone;
  struct timespec exact;
  clock_gettime(CLOCK_REALTIME, &exact);
  now->tv_sec = exact.tv_sec;
  now->tv_usec = exact.tv_nsec / 1000;
  return 0;
}

time_t time(time_t *result) {
  struct timespec exact;
  clock_gettime(CLOCK_REALTIME, &exact);
  if (result) {
    *result = exact.tv_sec;
  }
  return exact.tv_sec;
}

/* JVMs connect by IPv6 sockets: 127.0.0.1 is then ::ffff:127.0.0.1. */
static void choose_source(int socket, const struct sockaddr *target) {
  const char *text = getenv("CHAOS_ADDRESS");
  struct in_addr source;
  if (!text || inet_pton(AF_INET, text, &source) != 1) {
    return;
  }
  if (target->sa_family == AF_INET) {
    const struct sockaddr_in *to = (const struct sockaddr_in *)target;
    struct sockaddr_in from = {.sin_family = AF_INET, .sin_addr = source};
    if (to->sin_addr.s_addr == htonl(INADDR_LOOPBACK)) {
      bind(socket, (struct sockaddr *)&from, sizeof from);
    }
  } else if (target->sa_family == AF_INET6) {
    const struct sockaddr_in6 *to = (const struct sockaddr_in6 *)target;
    const in_addr_t loopback = htonl(INADDR_LOOPBACK);
    struct sockaddr_in6 from = {.sin6_family = AF_INET6};
    from.sin6_addr.s6_addr[10] = from.sin6_addr.s6_addr[11] = 0xff;
    memcpy(&from.sin6_addr.s6_addr[12], &source, sizeof source);
    if (IN6_IS_ADDR_V4MAPPED(&to->sin6_addr) &&
        memcmp(&to->sin6_addr.s6_addr[12], &loopback, sizeof loopback) == 0) {
      bind(socket, (struct sockaddr *)&from, sizeof from);
    }
  }
}

int connect(int socket, const struct sockaddr *target, socklen_t length) {
  static int (*true_connect)(int, const struct sockaddr *, socklen_t);
  if (!true_connect) {
    true_connect =
        (int (*)(int, const struct sockaddr *, socklen_t))dlsym(RTLD_NEXT, "connect");
  }
  choose_source(socket, target);
  return true_connect(socket, target, length);
}
