# SPDX-License-Identifier: MIT
# What is installed besides the programs: their man pages and completions, the library with its
# headers, CMake package and pkg-config file; and the Debian packages made of it (cpack).
include(GNUInstallDirs)

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
  foreach(kind_and_path man:${CMAKE_INSTALL_MANDIR}/man1/${name}.1
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
    add_custom_command(OUTPUT ${file}
                       COMMAND $<TARGET_FILE:${target}> --generate ${kind} > ${file}.new
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

foreach(package sondeo:tools libsondeo-dev:dev)
  string(REGEX MATCH "^(.*):(.*)$" ignored ${package})
  install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${CMAKE_MATCH_1} RENAME copyright
          COMPONENT ${CMAKE_MATCH_2})
endforeach()
install(FILES README.md DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/sondeo COMPONENT tools)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME sondeo)
set(CPACK_PACKAGE_VENDOR sondeo)
set(CPACK_PACKAGE_CONTACT "The sondeo authors <sondeo@localhost>")
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
    "the library of sondeo: read, count, estimate, tabulate, render
A static C++20 library with its headers, a CMake package and a pkg-config file.")
include(CPack)
