-- Returns the time of Redis in ms since 1970, as text: a number this large would lose digits.
local function now_ms()
  local time = redis.call('TIME')
  return string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
end

