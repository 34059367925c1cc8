-- Sends a push to one node on this partition.
--
-- The number goes up before the sending, so that the node can tell from it that a push was lost.
-- A push is the number, a tab, and the body; see the class PushCodec for the bodies.
--
-- sequences_key   hash nodeId -> number of pushes sent to that node on this partition
-- channel_prefix  the channel's name without the node
-- returns         how many connections received it: 0 means that the node is not there
local function push(sequences_key, channel_prefix, node, body)
  local sequence = redis.call('HINCRBY', sequences_key, node, 1)
  return redis.call('SPUBLISH', channel_prefix .. node, string.format('%.0f', sequence) .. '\t' .. body)
end

