-- Asks the paths of a file in turn, so that no answer is asked twice in a row.
local paths = {}

function init(args)
  for line in io.lines(args[1]) do
    paths[#paths + 1] = line
  end
  wrk.headers["Accept"] = args[2]
end

local at = 0

function request()
  at = at % #paths + 1
  return wrk.format("GET", paths[at])
end
