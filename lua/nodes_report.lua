-- Reads what all nodes have counted, at one moment.
--
-- KEYS  1 leases   sorted set nodeId, by the end of the lease in ms since 1970
--       2 reports  hash nodeId -> report
--       3 totals   hash of the removed nodes' sums
--       4 rooms    HyperLogLog of the rooms' names
-- returns {estimate of the number of rooms, number of fields in totals, their names and values,
--         then for each node: 1 if it lives, else 0, nodeId, report}
local leases_key, reports_key, totals_key, rooms_key = KEYS[1], KEYS[2], KEYS[3], KEYS[4]

local now = tonumber(now_ms())
local totals = redis.call('HGETALL', totals_key)
local answer = {redis.call('PFCOUNT', rooms_key), #totals / 2, unpack(totals)}
local reports = redis.call('HGETALL', reports_key)
for index = 1, #reports, 2 do
  local lease_end = redis.call('ZSCORE', leases_key, reports[index])
  answer[#answer + 1] = (lease_end and tonumber(lease_end) > now) and 1 or 0
  answer[#answer + 1] = reports[index]
  answer[#answer + 1] = reports[index + 1]
end
return answer
