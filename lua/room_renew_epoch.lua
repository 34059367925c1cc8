-- Gives a room a new epoch after Redis lost the end of its log. Messages and top stay.
--
-- KEYS  1 room   hash: epoch, top, at (the top's time, ms), lineage
--       2 log    stream
--       3 nodes  hash nodeId -> '<number of members> <version>'
-- ARGV  1 the epoch that lost its end; if the room has another one, nothing happens
--       2 the last offset that is certain
--       3 new epoch
--       4 how many earlier epochs are remembered
--       5 life of the room without watching nodes, ms
-- returns {epoch, top, at, lineage}
local room_key, log_key, nodes_key = KEYS[1], KEYS[2], KEYS[3]
local damaged_epoch, fork, new_epoch = ARGV[1], ARGV[2], ARGV[3]
local most_forks, room_life_ms = tonumber(ARGV[4]), ARGV[5]

local epoch, top, at, lineage = open_room(room_key, log_key, new_epoch)
if epoch == damaged_epoch then
  local forks = {}
  for earlier in string.gmatch(lineage, '%S+') do
    forks[#forks + 1] = earlier
  end
  forks[#forks + 1] = damaged_epoch .. '@' .. fork
  lineage = table.concat(forks, ' ', math.max(1, #forks - most_forks + 1))
  redis.call('HSET', room_key, 'epoch', new_epoch, 'lineage', lineage)
  epoch = new_epoch
end
keep_room(room_key, nodes_key, room_life_ms)
return {epoch, top, at, lineage}
