-- Reads messages of a room's log, in order.
--
-- Reads in steps whose length follows from the size of what came before, so that a log of large
-- messages is not loaded as a whole to return the first of them.
--
-- KEYS  1 room   hash: epoch, top
--       2 log    stream, id '<offset>-0', fields p (payload) and t (ms)
--       3 nodes  hash nodeId -> number of members
-- ARGV  1 offset behind which to begin
--       2 most messages to return, 1 or more
--       3 stop after the message that reaches this size, bytes of payload
--       4 new epoch, used if the room has none
--       5 life of the room without watching nodes, ms
-- returns {epoch, top, first retained offset, then for each message: id, payload, ms}
local room_key, log_key, nodes_key = KEYS[1], KEYS[2], KEYS[3]
local after, max_messages, max_bytes = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local new_epoch, room_life_ms = ARGV[4], ARGV[5]
local first_step, longest_step = 4, 256

local epoch, top = open_room(room_key, log_key, new_epoch)
keep_room(room_key, nodes_key, room_life_ms)
local retained = redis.call('XRANGE', log_key, '-', '+', 'COUNT', 1)[1]
local first_retained = retained and string.match(retained[1], '^%d+')
  or string.format('%.0f', tonumber(top) + 1)

local page = {epoch, top, first_retained}
local count, bytes, step = 0, 0, first_step
local from = string.format('%.0f', after + 1)
while retained and count < max_messages and (bytes < max_bytes or count == 0) do
  local entries = redis.call('XRANGE', log_key, from, '+', 'COUNT',
    math.min(step, max_messages - count))
  for _, entry in ipairs(entries) do
    local fields = entry[2]
    page[#page + 1] = entry[1]
    page[#page + 1] = fields[2]
    page[#page + 1] = fields[4]
    count = count + 1
    bytes = bytes + #fields[2]
    if bytes >= max_bytes then
      break
    end
  end
  if #entries < step then
    break
  end
  from = '(' .. entries[#entries][1]
  local average = math.max(1, bytes / count)
  step = math.max(1, math.min(longest_step, math.floor((max_bytes - bytes) / average)))
end
return page
