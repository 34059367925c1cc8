-- Makes a node the owner of a mailbox and tells the owner before.
--
-- Another node that held it and receives the push will hand over what it knows: its fence is kept
-- in the field handover until then. If such a handover is waited for already, that one goes on
-- being waited for: the owner in between has begun nothing yet. The same node claiming again (a
-- repeated request, too) is no handover.
--
-- A new mailbox's first fence is the time in ms, so that a claim of an earlier life of it, which
-- expired or was lost, can't pass for one of this life.
--
-- KEYS  1 consumer   hash: user, device, node, fence, written, handover, batch, orphanOf,
--                    'r:<room>'
--       2 sequences  hash nodeId -> number of pushes
--       3 owned      set of the consumers that the node owns on this partition
-- ARGV  1 consumer
--       2 user
--       3 kind of device
--       4 node
--       5 prefix of the channels
--       6 prefix of the sets of owned consumers
--       7 the fence that it must have now, '0' for none; '' if that does not matter
-- returns {1 if a handover is waited for, else 0, then the mailbox's fields and values},
--         or {} if it has another fence
local consumer_key, sequences_key, owned_key = KEYS[1], KEYS[2], KEYS[3]
local consumer, user, device, node = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local channel_prefix, owned_prefix, required_fence = ARGV[5], ARGV[6], ARGV[7]

local before = redis.call('HMGET', consumer_key, 'node', 'fence', 'handover', 'orphanOf')
local previous_node, previous_fence, awaited, dead_node = before[1], before[2], before[3], before[4]
if required_fence ~= '' and (previous_fence or '0') ~= required_fence then
  return {}
end
local fence
if previous_fence then
  fence = string.format('%.0f', tonumber(previous_fence) + 1)
else
  fence = now_ms()
end

redis.call('HSET', consumer_key, 'user', user, 'device', device, 'node', node, 'fence', fence)
redis.call('HDEL', consumer_key, 'orphanOf')
redis.call('PERSIST', consumer_key)
redis.call('SADD', owned_key, consumer)
if previous_node and previous_node ~= node then
  local body = table.concat({'E', consumer, fence, node}, '\t')
  local receivers = push(sequences_key, channel_prefix, previous_node, body)
  if receivers > 0 and not awaited then
    awaited = previous_fence
    redis.call('HSET', consumer_key, 'handover', awaited)
  end
end
-- These sets are not among KEYS: while the slot moves to another master they may be there already,
-- and Redis refuses the command. A consumer that stays in one is passed over when its node goes.
for _, former in ipairs({dead_node, previous_node}) do
  if former and former ~= node then
    redis.pcall('SREM', owned_prefix .. former, consumer)
  end
end

local answer = redis.call('HGETALL', consumer_key)
table.insert(answer, 1, awaited and 1 or 0)
return answer
