-- Stores messages in a room's log and pushes them to every watching node.
--
-- A request that was stored before changes nothing and gets the first answer again: by publisher
-- and sequence, or by the idempotency key. One push body serves all nodes; only its number differs.
--
-- KEYS  1 log          stream, id '<offset>-0', fields p (payload) and t (ms)
--       2 room         hash: epoch, top
--       3 nodes        hash nodeId -> number of members: who watches
--       4 sequences    hash nodeId -> number of pushes
--       5 publication  string '<sequence> <epoch> <first> <last>': this publisher's last request
--       6 idempotency  string '<epoch> <first> <last> <fingerprint>'; unused without a fingerprint
-- ARGV  1 room's name
--       2 sequence of the request, larger than that of the publisher's last one
--       3 new epoch, used if the room has none
--       4 how many messages the log retains, about
--       5 life of the log, ms
--       6 life of the room without watching nodes, ms
--       7 life of the publisher's last request, ms
--       8 prefix of the channels
--       9 prefix of the sets of rooms that a node watches
--      10 fingerprint of the content, '' without an idempotency key
--      11 life of the idempotency key, ms
--      12 lengths of the payloads in bytes, separated by commas
--      13… payloads
-- returns {outcome, epoch, first offset, last offset}; outcome: 'stored', 'repeated', 'conflict'
--         (the idempotency key was used for other content) or 'outdated' (a later request of the
--         publisher is stored); the last two alone
local log_key, room_key, nodes_key = KEYS[1], KEYS[2], KEYS[3]
local sequences_key, publication_key, idempotency_key = KEYS[4], KEYS[5], KEYS[6]
local room, sequence, new_epoch = ARGV[1], ARGV[2], ARGV[3]
local max_messages, log_life_ms, room_life_ms = ARGV[4], ARGV[5], ARGV[6]
local publication_life_ms, channel_prefix, rooms_prefix = ARGV[7], ARGV[8], ARGV[9]
local fingerprint, idempotency_life_ms, lengths = ARGV[10], ARGV[11], ARGV[12]
local first_payload = 13

local last_request = redis.call('GET', publication_key)
if last_request then
  local stored, epoch, first, last = string.match(last_request, '^(%d+) (%S+) (%d+) (%d+)$')
  if stored == sequence then
    return {'repeated', epoch, first, last}
  elseif tonumber(stored) > tonumber(sequence) then
    return {'outdated'}
  end
end
if fingerprint ~= '' then
  local earlier = redis.call('GET', idempotency_key)
  if earlier then
    local epoch, first, last, stored = string.match(earlier, '^(%S+) (%d+) (%d+) (.*)$')
    if stored ~= fingerprint then
      return {'conflict'}
    end
    return {'repeated', epoch, first, last}
  end
end

local epoch, top = open_room(room_key, log_key, new_epoch)
local now = now_ms()
local count = #ARGV - first_payload + 1
local before = tonumber(top)
for index = 1, count do
  redis.call('XADD', log_key, 'MAXLEN', '~', max_messages,
    string.format('%.0f-0', before + index), 'p', ARGV[first_payload + index - 1], 't', now)
end
local first = string.format('%.0f', before + 1)
local last = string.format('%.0f', before + count)
redis.call('HSET', room_key, 'top', last)
redis.call('PEXPIRE', log_key, log_life_ms)

local extent = epoch .. ' ' .. first .. ' ' .. last
redis.call('SET', publication_key, sequence .. ' ' .. extent, 'PX', publication_life_ms)
if fingerprint ~= '' then
  redis.call('SET', idempotency_key, extent .. ' ' .. fingerprint, 'PX', idempotency_life_ms)
end

local nodes = redis.call('HKEYS', nodes_key)
local receivers = 0
if #nodes > 0 then
  local body = table.concat({'M', room, epoch, first, now, lengths}, '\t') .. '\n'
    .. table.concat(ARGV, '', first_payload)
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
