# SPDX-License-Identifier: MIT
# What is installed besides the programs: their man pages and completions, the library with its
# headers, CMake package and pkg-config file; and the Debian packages made of it (cpack).
include(GNUInstallDirs)
find_program(SONDEO_GZIP gzip REQUIRED)

# Every program that was added so far makes its own man page and completions. The dispatcher's
# target is not called like its program.
get_property(targets DIRECTORY PROPERTY BUILDSYSTEM_TARGETS)
set(made "")
foreach(target ${targets})
  get_target_property(type ${target} TYPE)
  if(NOT type STREQUAL EXECUTABLE OR NOT target MATCHES "^sondeo-")
    continue()
  endif()
  string(REPLACE "sondeo-dispatcher" "sondeo" name ${target})
  foreach(kind_and_path man:${CMAKE_INSTALL_MANDIR}/man1/${name}.1.gz
                        bash:${CMAKE_INSTALL_DATADIR}/bash-completion/completions/${name}
                        zsh:${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions/_${name}
                        fish:${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d/${name}.fish)
    string(REGEX MATCH "^([a-z]+):(.*)$" ignored ${kind_and_path})
    set(kind ${CMAKE_MATCH_1})
    set(path ${CMAKE_MATCH_2})
    set(file ${PROJECT_BINARY_DIR}/share/${kind}/${name})
    get_filename_component(folder ${path} DIRECTORY)
    get_filename_component(installed ${path} NAME)
    file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/share/${kind})
    # Manuals are kept compressed; -n leaves name and time out, so the bytes are always the same.
    set(pack "")
    if(kind STREQUAL man)
      set(pack COMMAND ${SONDEO_GZIP} -9n ${file}.new
               COMMAND ${CMAKE_COMMAND} -E rename ${file}.new.gz ${file}.new)
    endif()
    add_custom_command(OUTPUT ${file}
                       COMMAND $<TARGET_FILE:${target}> --generate ${kind} > ${file}.new ${pack}
                       COMMAND ${CMAKE_COMMAND} -E rename ${file}.new ${file}
                       DEPENDS ${target} VERBATIM)
    install(FILES ${file} DESTINATION ${folder} RENAME ${installed} COMPONENT tools)
    list(APPEND made ${file})
  endforeach()
endforeach()
add_custom_target(manuals ALL DEPENDS ${made})

# The library: headers are included as inside the project, "table/table.h".
set(include_folder ${CMAKE_INSTALL_INCLUDEDIR}/sondeo)
set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/sondeo)
target_include_directories(sondeo INTERFACE $<INSTALL_INTERFACE:${include_folder}>)
install(DIRECTORY lib/ DESTINATION ${include_folder} COMPONENT dev FILES_MATCHING PATTERN "*.h")
install(TARGETS sondeo EXPORT sondeo-targets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
        COMPONENT dev)
install(EXPORT sondeo-targets NAMESPACE sondeo:: DESTINATION ${package_folder} COMPONENT dev)
include(CMakePackageConfigHelpers)
configure_package_config_file(cmake/sondeo-config.cmake.in sondeo-config.cmake
                              INSTALL_DESTINATION ${package_folder})
write_basic_package_version_file(sondeo-config-version.cmake COMPATIBILITY SameMinorVersion)
# Packages are unpacked elsewhere than where the build was told: the file finds itself.
file(RELATIVE_PATH pc_to_prefix /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
configure_file(cmake/sondeo.pc.in sondeo.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/sondeo-config.cmake
              ${PROJECT_BINARY_DIR}/sondeo-config-version.cmake
        DESTINATION ${package_folder} COMPONENT dev)
install(FILES ${PROJECT_BINARY_DIR}/sondeo.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig
        COMPONENT dev)

# A package is maintained by who makes it, as Debian's own tools see it: DEBFULLNAME and DEBEMAIL,
# else who git says commits here, else the account on this machine.
function(first_of result)
  foreach(candidate ${ARGN})
    if(candidate)
      set(${result} "${candidate}" PARENT_SCOPE)
      return()
    endif()
  endforeach()
endfunction()
function(told_by result)
  execute_process(COMMAND ${ARGN} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR} OUTPUT_VARIABLE said
                  OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  set(${result} "${said}" PARENT_SCOPE)
endfunction()
told_by(git_name git config user.name)
told_by(git_email git config user.email)
told_by(account id -un)
told_by(host hostname -f)
first_of(packager_name "$ENV{DEBFULLNAME}" "${git_name}" "${account}")
first_of(packager_email "$ENV{DEBEMAIL}" "${git_email}" "${account}@${host}")
set(SONDEO_PACKAGER "${packager_name} <${packager_email}>"
    CACHE STRING "Who makes the Debian packages: NAME <ADDRESS>")

# The changelog that Debian wants of every package. Its date is that of the sources.
set(source_date "$ENV{SOURCE_DATE_EPOCH}")
if(NOT source_date)
  told_by(source_date git log -1 --format=%ct)
endif()
first_of(source_date "${source_date}" 0)
told_by(changelog_date date -u -R -d @${source_date})
foreach(package sondeo:tools libsondeo-dev:dev)
  string(REGEX MATCH "^(.*):(.*)$" ignored ${package})
  set(changelog ${PROJECT_BINARY_DIR}/share/${CMAKE_MATCH_1}-changelog)
  file(WRITE ${changelog} "sondeo (${PROJECT_VERSION}) unstable; urgency=medium

  * Made from the sources of sondeo ${PROJECT_VERSION}.

 -- ${SONDEO_PACKAGER}  ${changelog_date}
")
  execute_process(COMMAND ${SONDEO_GZIP} -9nf ${changelog})
  install(FILES ${changelog}.gz DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${CMAKE_MATCH_1}
          RENAME changelog.gz COMPONENT ${CMAKE_MATCH_2})
endforeach()

foreach(package sondeo:tools libsondeo-dev:dev)
  string(REGEX MATCH "^(.*):(.*)$" ignored ${package})
  install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${CMAKE_MATCH_1} RENAME copyright
          COMPONENT ${CMAKE_MATCH_2})
endforeach()
install(FILES README.md DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/sondeo COMPONENT tools)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME sondeo)
set(CPACK_PACKAGE_VENDOR sondeo)
set(CPACK_PACKAGE_CONTACT "${SONDEO_PACKAGER}")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL tools dev)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION math)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_TOOLS_PACKAGE_NAME sondeo)
set(CPACK_COMPONENT_TOOLS_DESCRIPTION
    "survey responses to weighted percentages and cross-tabs
Command-line tools that read what a survey platform exported, check it strictly
and count it exactly: toplines, banners, codebooks, with the three bases of
every column and honest margins of error.")
set(CPACK_DEBIAN_DEV_PACKAGE_NAME libsondeo-dev)
set(CPACK_DEBIAN_DEV_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEV_PACKAGE_SHLIBDEPS OFF)
set(CPACK_DEBIAN_DEV_PACKAGE_DEPENDS
    "libboost-dev, libboost-program-options-dev, libfmt-dev, libutf8proc-dev, zlib1g-dev, libzstd-dev, libxlsxwriter-dev")
set(CPACK_COMPONENT_DEV_DESCRIPTION
    "survey analytics library of sondeo: read, count, estimate, tabulate, render
A static C++20 library with its headers, a CMake package and a pkg-config file.")
include(CPack)
