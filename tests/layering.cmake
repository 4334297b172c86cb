# SPDX-License-Identifier: MIT
# cmake -DROOT=DIR -P layering.cmake: every include of lib/ and tools/ points left, and third-party
# headers stay behind their doors.
set(LAYERS base expr codebook data layout tabulate weight synth infer table render cli tools)
set(DOORS  # header : the files that may include it, relative to ROOT
    "boost/program_options:lib/cli/tool.cpp" "boost/math/:lib/infer/distribution.cpp"
    "libfccp/:lib/.*[.]cpp" "Eigen/:lib/(weight|infer|tabulate)/" "fmt/:.*[.]cpp" "doctest/:no file"
    "toml[+][+]/:lib/codebook/toml.cpp" "nlohmann/:lib/(render/json|table/)" "utf8proc:lib/base/text"
    "xlsxwriter:lib/render/xlsx" "readstat:lib/layout/sav" "pugixml:lib/layout/triple_s"
    "iconv:lib/base/" "zlib:lib/base/" "zstd:lib/base/" "xxh(ash|3):lib/base/")

set(wrong "")
file(GLOB_RECURSE files RELATIVE ${ROOT} ${ROOT}/lib/*.h ${ROOT}/lib/*.cpp ${ROOT}/tools/*.h
     ${ROOT}/tools/*.cpp)
foreach(file ${files})
  string(REGEX REPLACE "^(lib/)?([^/]+)/.*" "\\2" folder ${file})
  list(FIND LAYERS ${folder} own)
  if(own EQUAL -1)
    list(APPEND wrong "${file}: ${folder} is no layer")
  endif()
  file(STRINGS ${ROOT}/${file} includes REGEX "^[ \t]*#[ \t]*include")
  foreach(include ${includes})
    string(REGEX MATCH "[\"<]([^\">]+)[\">]" ignored "${include}")
    set(header ${CMAKE_MATCH_1})
    string(REGEX MATCH "^[^/]+" folder_of_header ${header})
    list(FIND LAYERS ${folder_of_header} other)
    if(include MATCHES "\"" AND (other EQUAL -1 OR other GREATER own))
      list(APPEND wrong "${file} includes ${header}: ${folder} does not see ${folder_of_header}")
    elseif(include MATCHES "\"" AND folder STREQUAL render
           AND NOT folder_of_header MATCHES "^(base|table|render)$")
      list(APPEND wrong "${file} includes ${header}: render sees only table and base")
    endif()
    foreach(door ${DOORS})
      string(REGEX MATCH "^(.*):(.*)$" ignored ${door})
      set(allowed ${CMAKE_MATCH_2})
      if(header MATCHES "^${CMAKE_MATCH_1}" AND NOT file MATCHES "^${allowed}")
        list(APPEND wrong "${file} includes ${header}: its door is ${allowed}")
      endif()
    endforeach()
  endforeach()
endforeach()

list(JOIN wrong "\n  " lines)
if(wrong)
  message(FATAL_ERROR "layering:\n  ${lines}")
endif()
list(LENGTH files count)
message(STATUS "layering holds in ${count} files")
