-- Ends a node: its counters go to the totals, its entries go.
--
-- KEYS  1 leases     sorted set nodeId, by the end of the lease in ms since 1970
--       2 reports    hash nodeId -> report, tab-separated: address, then the four counters
--       3 takeovers  hash dead nodeId -> '<nodeId that cleans up> <until, ms>'
--       4 totals     hash of the removed nodes' sums: producerMessages, consumerMessages, consumers
--       5 removed    string: the report that was added, in case the node is not dead
-- ARGV  1 node
--       2 for how long that report is kept, ms
-- returns nothing
local leases_key, reports_key, takeovers_key = KEYS[1], KEYS[2], KEYS[3]
local totals_key, removed_key = KEYS[4], KEYS[5]
local node, memory_ms = ARGV[1], ARGV[2]

local report = redis.call('HGET', reports_key, node)
if report then
  local producer, consumer, consumers = string.match(report, '^[^\t]*\t(%d+)\t(%d+)\t(%d+)\t')
  redis.call('HINCRBY', totals_key, 'producerMessages', producer)
  redis.call('HINCRBY', totals_key, 'consumerMessages', consumer)
  redis.call('HINCRBY', totals_key, 'consumers', consumers)
  redis.call('SET', removed_key, report, 'PX', memory_ms)
  redis.call('HDEL', reports_key, node)
end
redis.call('ZREM', leases_key, node)
redis.call('HDEL', takeovers_key, node)
return {}
