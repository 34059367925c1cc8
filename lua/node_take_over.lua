-- Claims the clean-up of a node whose lease has ended.
--
-- KEYS  1 leases     sorted set nodeId, by the end of the lease in ms since 1970
--       2 takeovers  hash dead nodeId -> '<nodeId that cleans up> <until, ms>'
-- ARGV  1 dead node
--       2 node that wants to clean up
--       3 for how long, ms
-- returns 1 if it may, else 0
local leases_key, takeovers_key = KEYS[1], KEYS[2]
local dead_node, node, lease_ms = ARGV[1], ARGV[2], ARGV[3]

local now = tonumber(now_ms())
local lease_end = redis.call('ZSCORE', leases_key, dead_node)
if not lease_end or tonumber(lease_end) > now then
  return 0
end
local takeover = redis.call('HGET', takeovers_key, dead_node)
if takeover then
  local by, until_ms = string.match(takeover, '^(%S+) (%d+)$')
  if by ~= node and tonumber(until_ms) > now then
    return 0
  end
end
redis.call('HSET', takeovers_key, dead_node,
  node .. ' ' .. string.format('%.0f', now + tonumber(lease_ms)))
return 1
