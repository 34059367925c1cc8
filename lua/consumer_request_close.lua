-- Asks a consumer's owner to close its connection.
--
-- KEYS  1 consumer   hash
--       2 sequences  hash nodeId -> number of pushes
-- ARGV  1 consumer
--       2 prefix of the channels
-- returns 1 if a node received it, else 0
local consumer_key, sequences_key = KEYS[1], KEYS[2]
local consumer, channel_prefix = ARGV[1], ARGV[2]

local node = redis.call('HGET', consumer_key, 'node')
if node and push(sequences_key, channel_prefix, node, 'C\t' .. consumer) > 0 then
  return 1
end
return 0
