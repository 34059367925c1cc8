-- Begins a room's log.
--
-- A log that outlived its epoch can only be a remnant (an eviction took the room's hash): its
-- offsets would collide with the new ones, so it goes.
local function begin_room(room_key, log_key, new_epoch)
  -- First what a full memory refuses: after it nothing in a script is refused any more.
  redis.call('HSET', room_key, 'epoch', new_epoch, 'top', '0', 'at', '0')
  redis.call('DEL', log_key)
end

-- Returns a room's epoch, top, the top's time in ms and its lineage (all as text); begins its log if
-- it has none.
--
-- The lineage is a list, oldest first, of '<earlier epoch>@<last offset that is the same in it and
-- in the next>', with spaces between.
local function open_room(room_key, log_key, new_epoch)
  local fields = redis.call('HMGET', room_key, 'epoch', 'top', 'at', 'lineage')
  if fields[1] then
    return fields[1], fields[2], fields[3] or '0', fields[4] or ''
  end
  begin_room(room_key, log_key, new_epoch)
  return new_epoch, '0', '0', ''
end

-- Lets the epoch outlive every cursor that can point at it: without end while a node watches,
-- otherwise for room_life_ms from now.
local function keep_room(room_key, nodes_key, room_life_ms)
  -- If the last node has just gone from it while the slot moves to another master, Redis refuses to
  -- look at it: that is no node, too.
  if redis.pcall('EXISTS', nodes_key) == 1 then
    redis.call('PERSIST', room_key)
  else
    redis.call('PEXPIRE', room_key, room_life_ms)
  end
end

