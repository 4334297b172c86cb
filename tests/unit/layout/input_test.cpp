// SPDX-License-Identifier: MIT
// Files as they come: compressed, encoded, through pipes.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <stdexcept>
#include <string>
#include <thread>

#include "base/puller.h"
#include "files.h"

namespace sondeo {
namespace {

using files::csv;
using files::read_text;
using files::read_whole;
using files::TempFile;
using files::Whole;

std::string gzip(std::string_view text) {
  z_stream stream{};
  if (deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::bad_alloc();
  std::string packed(deflateBound(&stream, text.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

std::string zstd(std::string_view text) {
  std::string packed(ZSTD_compressBound(text.size()), '\0');
  ZSTD_CCtx* context = ZSTD_createCCtx();
  ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
  packed.resize(ZSTD_compress2(context, packed.data(), packed.size(), text.data(), text.size()));
  ZSTD_freeCCtx(context);
  return packed;
}

// Each UTF-16 unit of code points below U+10000, ASCII and Latin-1 letters written as themselves.
std::string utf16(std::u16string_view text, bool little) {
  std::string bytes;
  for (const auto c : text) {
    const auto high = static_cast<char>(c >> 8);
    const auto low = static_cast<char>(c & 0xff);
    bytes += little ? low : high;
    bytes += little ? high : low;
  }
  return bytes;
}

// The same file through a named pipe, in pieces of `piece` bytes.
Whole read_pipe(const std::string& bytes, CsvOptions options, unsigned workers, std::size_t piece) {
  auto folder = (std::filesystem::temp_directory_path() / "sondeo-pipe-XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) throw std::runtime_error("no temporary folder");
  options.file.path = folder + "/pipe";
  if (mkfifo(options.file.path.c_str(), 0600) != 0) throw std::runtime_error("no pipe");
  std::thread writer([&] {
    const int fd = open(options.file.path.c_str(), O_WRONLY);
    for (std::size_t done = 0; done < bytes.size();) {
      const auto put = write(fd, bytes.data() + done, std::min(piece, bytes.size() - done));
      if (put <= 0) break;
      done += static_cast<std::size_t>(put);
    }
    close(fd);
  });
  const auto whole = read_whole(options, workers);
  writer.join();
  std::filesystem::remove_all(folder);
  return whole;
}

std::string sample(int rows) {
  std::string text = "id,answer,comment\n";
  for (int i = 0; i < rows; ++i) {
    text +=
        std::to_string(i) + ",s\xc3\xad,\"line " + std::to_string(i) + "\nmore, \"\"quoted\"\"\"\n";
  }
  return text;
}

CsvOptions encoded(const char* encoding, std::size_t block_bytes = 256) {
  auto options = csv("", block_bytes);
  options.file.encoding = encoding;
  return options;
}

}  // namespace

TEST_CASE("input: gzip and zstd read as the text that they hold") {
  const auto text = sample(4000);
  const auto plain = read_text(text);
  REQUIRE(plain.counted_rows == 4000);
  REQUIRE(plain.bytes == text.size());
  const auto half = text.size() / 2;
  for (const auto& packed :
       {gzip(text), zstd(text), gzip(text.substr(0, half)) + gzip(text.substr(half)),
        zstd(text.substr(0, half)) + zstd("") + zstd(text.substr(half)),
        gzip("\xef\xbb\xbf" + text)}) {
    const TempFile file(packed);
    for (const std::size_t block_bytes : {1000, 4096, 256 << 10}) {
      for (const unsigned workers : {1, 2, 7}) {
        const auto found = read_whole(csv(file.path(), block_bytes), workers);
        REQUIRE(found.refusal.message == "");
        REQUIRE(found == plain);
      }
    }
  }
}

TEST_CASE("input: damaged or cut compressed data are refused, not read in part") {
  const auto text = sample(3000);
  for (const bool gz : {true, false}) {
    const auto packed = gz ? gzip(text) : zstd(text);
    const char* id = gz ? "gzip" : "zstd";
    for (const double part : {0.1, 0.5, 0.9, 0.999}) {
      const auto size = static_cast<std::size_t>(part * static_cast<double>(packed.size()));
      CHECK(read_text(packed.substr(0, size), csv("", 1000), 3).refusal.id == id);
    }
    CHECK(read_text(packed.substr(0, packed.size() - 1)).refusal.id == id);
    auto damaged = packed;
    for (std::size_t i = damaged.size() / 2; i < damaged.size() / 2 + 20; ++i)
      damaged[i] = static_cast<char>(~damaged[i]);
    const auto refusal = read_text(damaged).refusal;
    CAPTURE(refusal.message);
    CHECK_FALSE(refusal.id.empty());
  }
}

TEST_CASE("input: a pipe gives what the file gives, whatever the pieces") {
  const auto text = sample(2000);
  const auto plain = read_text(text);
  for (const std::size_t piece : {1000, 4097, 65536}) {
    for (const unsigned workers : {1, 3})
      REQUIRE(read_pipe(text, csv("", 1000), workers, piece) == plain);
  }
  REQUIRE(read_pipe(text.substr(0, 500), csv("", 64), 2, 1) == read_text(text.substr(0, 500)));
  REQUIRE(read_pipe(gzip(text), csv("", 4096), 2, 777) == plain);
  REQUIRE(read_pipe(zstd(text), csv("", 4096), 2, 777) == plain);
  CHECK(read_pipe("a,b\n1,2\n3\n", csv("", 64), 2, 1).refusal.line == 3);
  CHECK(read_pipe("", csv("", 64), 2, 1).refusal.id == "empty-file");
  // More than a stream keeps in one piece, so that what is done with has to be let go.
  const auto large = sample(60000);
  const auto found = read_pipe(large, csv("", 64 << 10), 3, 1 << 16);
  CHECK(found.counted_rows == 60000);
  CHECK(found.bytes == large.size());
}

TEST_CASE("input: a UTF-8 byte order mark is dropped") {
  CHECK(read_text("\xef\xbb\xbf"
                  "a,b\n1,2\n") == [] {
    auto plain = read_text("a,b\n1,2\n");
    return plain;
  }());
  CHECK(read_text("\xef\xbb\xbf"
                  "\"a\",b\n1,2\n")
            .header[0] == "a");
}

TEST_CASE("input: UTF-16 by its byte order mark, or named") {
  const std::u16string text = u"a;b\r\n1;\u00e9\r\n2;\u20ac\r\n3;\U0001F600";
  for (const bool little : {true, false}) {
    const auto mark = utf16(u"\ufeff", little);
    for (const unsigned workers : {1, 4}) {
      const auto found = read_text(mark + utf16(text, little), csv("", 64), workers);
      CHECK(found.refusal.message == "");
      CHECK(found.header == std::vector<std::string>{"a", "b"});
      CHECK(found.rows.at(2)[1] == "\xc3\xa9");
      CHECK(found.rows.at(3)[1] == "\xe2\x82\xac");
      CHECK(found.rows.at(4)[1] == "\xf0\x9f\x98\x80");
    }
    const auto named = encoded(little ? "utf-16le" : "utf-16be");
    CHECK(read_text(utf16(text, little), named).rows.at(3)[1] == "\xe2\x82\xac");
    // Half a character at the end, and half a pair in line 3.
    const auto odd = read_text(mark + utf16(text, little) + "\x41");
    CHECK(odd.refusal.id == "encoding");
    CHECK(odd.refusal.line == 4);
    const char16_t lone[] = {u'a', u'\n', u'1', u'\n', 0xd800, u'x', u'\n', 0};
    const auto half = read_text(mark + utf16(lone, little));
    CHECK(half.refusal.id == "encoding");
    CHECK(half.refusal.line == 3);
  }
  CHECK(read_text(utf16(u"a,b\n1,2\n", true)).refusal.id == "nul-byte");
  CHECK(read_text(std::string("\xff\xfe\0\0a\0\0\0", 8)).refusal.id == "encoding");
  CHECK(read_text(std::string("\0\0\xfe\xff\0\0\0a", 8)).refusal.id == "encoding");
}

TEST_CASE("input: a named encoding is converted, and the first byte that is not of it is told") {
  const std::string windows = "a,b\n1,caf\xe9\n2,\x80 5\n";
  CHECK(read_text(windows).refusal.id == "invalid-utf8");
  CHECK(read_text(windows).refusal.line == 2);
  const auto found = read_text(windows, encoded("windows-1252", 64), 3);
  CHECK(found.rows.at(2)[1] == "caf\xc3\xa9");
  CHECK(found.rows.at(3)[1] == "\xe2\x82\xac 5");
  CHECK(read_text("a,b\r1,caf\x8e\r", encoded("mac-roman")).rows.at(2)[1] == "caf\xc3\xa9");
  CHECK(read_text("a,b\n1,2\n", encoded("UTF-8")).counted_rows == 1);
  // 0x81 is nothing in windows-1252.
  std::string text = "a,b\n";
  for (int i = 0; i < 30000; ++i) text += "1,\xe9\n";
  const auto lines = 30001;
  for (const unsigned workers : {1, 4}) {
    const auto refused =
        read_text(text + "2,\x81\n" + text, encoded("windows-1252", 4096), workers).refusal;
    CHECK(refused.id == "encoding");
    CHECK(refused.line == lines + 1);
  }
  CHECK(read_text(windows, encoded("no-such-encoding")).refusal.id == "encoding");
  CHECK(read_text(gzip(windows), encoded("windows-1252")).rows.at(2)[1] == "caf\xc3\xa9");
  CHECK(read_pipe(windows, encoded("windows-1252"), 2, 1).rows.at(3)[1] == "\xe2\x82\xac 5");
}

TEST_CASE("input: auto guesses, and says so") {
  const auto guess = [](const std::string& bytes) {
    Issues issues;
    const TempFile file(bytes);
    auto options = encoded("auto");
    options.file.path = file.path();
    CsvFile input(options, issues);
    return input.header().names.at(0) + (issues.empty() ? "" : "|" + issues.list()[0].message);
  };
  CHECK(guess("caf\xc3\xa9,b\n") == "caf\xc3\xa9");
  CHECK(guess("caf\xe9,b\n") == "caf\xc3\xa9|read as windows-1252, a guess");
  CHECK(guess("caf\x8e,b\n") == "caf\xc3\xa9|read as mac-roman, a guess");
  CHECK(guess(utf16(u"caf\u00e9,b\n1,2\n", true)) == "caf\xc3\xa9|read as utf-16le, a guess");
  CHECK(guess(utf16(u"caf\u00e9,b\n1,2\n", false)) == "caf\xc3\xa9|read as utf-16be, a guess");
}

TEST_CASE("input: what cannot be opened") {
  CHECK(read_whole(csv("/no/such/file.csv")).refusal.id == "open");
  CHECK(read_whole(csv("/")).refusal.id == "open");
}

}  // namespace sondeo
