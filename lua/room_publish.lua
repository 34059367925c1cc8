-- Stores messages in a room's log and pushes them to every watching node.
--
-- A request that was stored before changes nothing and gets the first answer again: by publisher
-- and sequence, by the idempotency key, or by the number that its producer gave it. One push body
-- serves all nodes; only its number differs.
--
-- Messages come in segments, and a segment is one entry of the stream: what a call costs depends on
-- the number of bytes much more than on the number of messages.
--
-- KEYS  1 log          stream, an entry per segment: id '<last offset>-<number of messages>', fields
--                      l (lengths in bytes, between commas), p (payloads, one behind the other), t (ms)
--       2 room         hash: epoch, top, at (the top's time, ms), lineage, marks
--       3 nodes        hash nodeId -> '<number of members> <version>': who watches
--       4 sequences    hash nodeId -> number of pushes
--       5 publication  string '<sequence> <epoch> <first> <last>': this publisher's last request
--       6 idempotency  string '<epoch> <first> <last> <name>': what was stored under the key, or the
--                      last that the producer has stored; unused without a name
-- ARGV  1 room's name
--       2 sequence of the request, larger than that of the publisher's last one
--       3 new epoch, used if the room has none
--       4 what the log retains: '<messages> <most messages> <ms>': at least so many messages,
--         and those that are younger than so many ms, but never more than the most, about
--       5 life of the log, ms
--       6 life of the room without watching nodes, ms
--       7 life of the publisher's last request, ms
--       8 prefix of the channels
--       9 prefix of the sets of rooms that a node watches
--      10 the caller's name for it: '=<fingerprint of the content>' with an idempotency key,
--         '#<number>.<part>' from a producer that numbers its requests, else ''
--      11 life of that name, ms
--      12… for each segment: number of messages, lengths, payloads
-- returns {outcome, epoch, first offset, last offset}; outcome: 'stored', 'repeated', 'conflict'
--         (the idempotency key was used for other content) or 'outdated' (a later request of the
--         publisher is stored); the last two alone
local log_key, room_key, nodes_key = KEYS[1], KEYS[2], KEYS[3]
local sequences_key, publication_key, idempotency_key = KEYS[4], KEYS[5], KEYS[6]
local room, sequence, new_epoch = ARGV[1], ARGV[2], ARGV[3]
local retention, log_life_ms, room_life_ms = ARGV[4], ARGV[5], ARGV[6]
local publication_life_ms, channel_prefix, rooms_prefix = ARGV[7], ARGV[8], ARGV[9]
local name, idempotency_life_ms = ARGV[10], ARGV[11]
local first_segment, last_segment = 12, #ARGV - 2

local last_request = redis.call('GET', publication_key)
if last_request then
  local stored, epoch, first, last = string.match(last_request, '^(%d+) (%S+) (%d+) (%d+)$')
  if stored == sequence then
    return {'repeated', epoch, first, last}
  elseif tonumber(stored) > tonumber(sequence) then
    return {'outdated'}
  end
end
-- Whether what the producer has stored last is the named request or a later one.
local function covers(stored, named)
  local number, part = string.match(stored, '^#(%d+)%.(%d+)$')
  local named_number, named_part = string.match(named, '^#(%d+)%.(%d+)$')
  if number == named_number then
    return tonumber(part) >= tonumber(named_part)
  end
  return tonumber(number) > tonumber(named_number)
end

if name ~= '' then
  local earlier = redis.call('GET', idempotency_key)
  if earlier then
    local epoch, first, last, stored = string.match(earlier, '^(%S+) (%d+) (%d+) (.*)$')
    local is_numbered = string.sub(name, 1, 1) == '#'
    if stored == name or (is_numbered and covers(stored, name)) then
      return {'repeated', epoch, first, last}
    elseif not is_numbered then
      return {'conflict'}
    end
  end
end

-- Returns the lowest offset that the log must keep, and the marks to remember.
--
-- The times of old messages aren't read: two marks tell how far they reach. Everything up to the
-- first one, 'safe', is old. The second one is younger; once it is old, it becomes the first one.
-- So what is kept of a burst may be up to twice as old as it must be.
local function lowest_to_keep(marks, top, top_at, last, now)
  local length, most, young_ms = string.match(retention, '^(%d+) (%d+) (%d+)$')
  local lowest = last - length + 1
  if lowest <= 1 then
    return 1, marks
  end
  local safe, mark, marked_at = string.match(marks or '', '^(%d+) (%d+) (%d+)$')
  if now - top_at >= tonumber(young_ms) then
    safe, mark = top, nil
  elseif mark and now - marked_at >= tonumber(young_ms) then
    safe, mark = mark, nil
  end
  if not mark then
    marks = string.format('%.0f %.0f %.0f', safe or 0, last, now)
  end
  return math.max(last - most + 1, math.min(lowest, (safe or 0) + 1)), marks
end

local epoch, top, top_at, _, marks = open_room(room_key, log_key, new_epoch)
local now = now_ms()
if tonumber(now) < tonumber(top_at) then
  -- The clock went back, or another server's is behind: the order of times must hold in a log.
  now = top_at
end
local first = string.format('%.0f', tonumber(top) + 1)
local offset = tonumber(top)
local lowest, new_marks
for at = first_segment, last_segment, 3 do
  offset = offset + tonumber(ARGV[at])
  local id = string.format('%.0f-%s', offset, ARGV[at])
  if at < last_segment then
    redis.call('XADD', log_key, id, 'l', ARGV[at + 1], 'p', ARGV[at + 2], 't', now)
  else
    lowest, new_marks = lowest_to_keep(marks, top, top_at, offset, now)
    redis.call('XADD', log_key, 'MINID', '~', string.format('%.0f', lowest), id,
      'l', ARGV[at + 1], 'p', ARGV[at + 2], 't', now)
  end
end
local last = string.format('%.0f', offset)
redis.call('HSET', room_key, 'top', last, 'at', now)
if new_marks ~= marks then
  redis.call('HSET', room_key, 'marks', new_marks)
end
redis.call('PEXPIRE', log_key, log_life_ms)

local extent = epoch .. ' ' .. first .. ' ' .. last
redis.call('SET', publication_key, sequence .. ' ' .. extent, 'PX', publication_life_ms)
if name ~= '' then
  redis.call('SET', idempotency_key, extent .. ' ' .. name, 'PX', idempotency_life_ms)
end

local nodes = redis.call('HKEYS', nodes_key)
local receivers = 0
if #nodes > 0 then
  local lengths, payloads = {}, {}
  for at = first_segment, last_segment, 3 do
    lengths[#lengths + 1] = ARGV[at + 1]
    payloads[#payloads + 1] = ARGV[at + 2]
  end
  local head = {'M', room, epoch, top_at, first, now, table.concat(lengths, ',')}
  local body = table.concat(head, '\t') .. '\n' .. table.concat(payloads)
  for _, node in ipairs(nodes) do
    if push(sequences_key, channel_prefix, node, body) > 0 then
      receivers = receivers + 1
    else
      -- It is gone, or will register again when its subscription is back.
      redis.call('HDEL', nodes_key, node)
      redis.call('SREM', rooms_prefix .. node, room)
    end
  end
end
if receivers == 0 then
  redis.call('PEXPIRE', room_key, room_life_ms)
end
return {'stored', epoch, first, last}
