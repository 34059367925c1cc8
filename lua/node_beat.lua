-- Renews a node's lease and replaces its report.
--
-- KEYS  1 leases     sorted set nodeId, by the end of the lease in ms since 1970
--       2 reports    hash nodeId -> report, tab-separated: address, then the four counters
--       3 takeovers  hash dead nodeId -> '<nodeId that cleans up> <until, ms>'
--       4 totals     hash of the removed nodes' sums: producerMessages, consumerMessages, consumers
--       5 removed    string: the report that this node's removal added to the totals
-- ARGV  1 node
--       2 report
--       3 lease, ms
--       4 1 if this is the first beat of the node's run, else 0
-- returns {1 if the lease had ended before, else 0, then for each node whose lease has ended its name
--         and 1 if nobody cleans up after it, else 0}
local leases_key, reports_key, takeovers_key = KEYS[1], KEYS[2], KEYS[3]
local totals_key, removed_key = KEYS[4], KEYS[5]
local node, report, lease_ms, is_first = ARGV[1], ARGV[2], ARGV[3], ARGV[4] == '1'

local now = tonumber(now_ms())
local lease_end = redis.call('ZSCORE', leases_key, node)
local was_expired = not is_first and (not lease_end or tonumber(lease_end) <= now)

-- A node that was taken for dead and removed counts from its start: take back what was added.
local counted = redis.call('GET', removed_key)
if counted then
  local producer, consumer, consumers = string.match(counted, '^[^\t]*\t(%d+)\t(%d+)\t(%d+)\t')
  local counts = {producerMessages = producer, consumerMessages = consumer, consumers = consumers}
  for field, count in pairs(counts) do
    -- Redis takes '-0' for no number.
    if count ~= '0' then
      redis.call('HINCRBY', totals_key, field, '-' .. count)
    end
  end
  redis.call('DEL', removed_key)
end

redis.call('ZADD', leases_key, string.format('%.0f', now + tonumber(lease_ms)), node)
redis.call('HSET', reports_key, node, report)
local answer = {was_expired and 1 or 0}
for _, dead in ipairs(redis.call('ZRANGEBYSCORE', leases_key, '-inf', string.format('%.0f', now))) do
  local takeover = redis.call('HGET', takeovers_key, dead)
  local is_left = not takeover or tonumber(string.match(takeover, ' (%d+)$')) <= now
  answer[#answer + 1] = dead
  answer[#answer + 1] = is_left and 1 or 0
end
return answer
