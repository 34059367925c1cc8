-- Fixes the number of partitions at the first start, and says at later ones what it is.
--
-- KEYS  1 format  hash: partitions
-- ARGV  1 number of partitions
-- returns the number of partitions that holds
local format_key = KEYS[1]
local partitions = ARGV[1]

redis.call('HSETNX', format_key, 'partitions', partitions)
return redis.call('HGET', format_key, 'partitions')
