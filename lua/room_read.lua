-- Reads messages of a room's log, in order.
--
-- The answer may begin before and end behind what was asked for, by less than a segment: the caller
-- cuts. Reads a few entries first and then more at a time, so that a log of large messages is not
-- loaded as a whole to return the first of them.
--
-- KEYS  1 room   hash: epoch, top, at (the top's time, ms), lineage
--       2 log    stream, an entry per segment: id '<last offset>-<number of messages>', fields
--                l (lengths in bytes, between commas), p (payloads, one behind the other), t (ms)
--       3 nodes  hash nodeId -> '<number of members> <version>'
-- ARGV  1 offset behind which to begin
--       2 how many messages are enough, 1 or more
--       3 how many bytes of payload are enough
--       4 new epoch, used if the room has none
--       5 life of the room without watching nodes, ms
-- returns {epoch, top, at, lineage, first retained offset, then for each segment: id, lengths, payloads, ms}
local room_key, log_key, nodes_key = KEYS[1], KEYS[2], KEYS[3]
local after, enough_messages, enough_bytes = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local new_epoch, room_life_ms = ARGV[4], ARGV[5]
local first_step, longest_step = 4, 32

local epoch, top, at, lineage = open_room(room_key, log_key, new_epoch)
keep_room(room_key, nodes_key, room_life_ms)
local retained = redis.call('XRANGE', log_key, '-', '+', 'COUNT', 1)[1]
if not retained then
  return {epoch, top, at, lineage, string.format('%.0f', tonumber(top) + 1)}
end
local last_of_first, size_of_first = string.match(retained[1], '^(%d+)-(%d+)$')
local first_retained = string.format('%.0f', last_of_first - size_of_first + 1)
local page = {epoch, top, at, lineage, first_retained}

local messages, bytes, step = 0, 0, first_step
local from = string.format('%.0f', after + 1)
repeat
  local entries = redis.call('XRANGE', log_key, from, '+', 'COUNT', step)
  for _, entry in ipairs(entries) do
    local id, fields = entry[1], entry[2]
    local last, size = string.match(id, '^(%d+)-(%d+)$')
    page[#page + 1] = id
    page[#page + 1] = fields[2]
    page[#page + 1] = fields[4]
    page[#page + 1] = fields[6]
    messages = messages + math.min(tonumber(size), last - after)
    -- Of a segment that begins before the asked place the bytes behind it are not known here.
    if last - size >= after then
      bytes = bytes + #fields[4]
    end
    if messages >= enough_messages or bytes >= enough_bytes then
      return page
    end
  end
  local is_end = #entries < step
  if not is_end then
    from = '(' .. entries[#entries][1]
    step = math.min(longest_step, 2 * step)
  end
until is_end
return page
