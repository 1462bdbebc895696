using System.Text;
using NanoFormer.Logs;

namespace NanoFormer.Monitor.Tests.Reading;

/// <summary>What terminals, editors and ports do to a log.</summary>
public sealed class MessTests
{
    private static readonly string Log = CaseLog.Session(30);
    private static readonly string[] Expected = [.. Transcript.Of(Log).Texts];

    public static TheoryData<string, string> Prefixes => new()
    {
        { "tio", "[12:00:01.123] " },
        { "PuTTY and minicom", "[2026-12-01 12:00:01.123] " },
        { "Arduino IDE", "12:00:01.123 -> " },
        { "ts", "Dec 01 12:00:01 " },
        { "grabserial", "[12.345678 0.000123] " },
        { "ISO", "2026-12-01T12:00:01.123Z " },
        { "port", "COM5\t" },
        { "port and stamp", "/dev/ttyUSB0: [12:00:01] " },
        { "colour", "\u001b[0;32m" },
    };

    [Fact]
    public void The_checksum_is_that_of_the_format() => Assert.Equal(0x29B1, CaseLog.Crc("123456789"));

    [Theory, MemberData(nameof(Prefixes))]
    public void What_stands_before_or_after_a_line_does_not_matter(string program, string stamp)
    {
        string before = string.Concat(Lines().Select(line => $"{stamp}{line}\r\n"));
        string after = string.Concat(Lines().Select(line => $"{line} {stamp.Trim()}\r\n"));

        Assert.Equal(Expected, Transcript.Of(before).Texts);
        Assert.Equal(Expected, Transcript.Of(after).Texts);
        Assert.All(Transcript.Of(before).Findings, finding => Assert.Fail($"{program}: {finding.Text}"));
    }

    [Theory, MemberData(nameof(Prefixes))]
    public void Stamped_and_wrapped_lines_are_rejoined(string program, string stamp)
    {
        foreach (int width in new[] { 40, 80, 132 })
        {
            string wrapped = string.Concat(Lines().SelectMany(line => line.Chunk(width)).Select(part => $"{stamp}{new string(part)}\r\n"));
            var read = Transcript.Of(wrapped);

            Assert.True(Expected.SequenceEqual(read.Texts), $"{program}, {width} columns: {read.Records.Count} records");
        }
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r")]
    [InlineData("\r\r\n")]
    [InlineData("\n\r")]
    public void Any_end_of_line_will_do(string end)
    {
        var read = Transcript.Of(string.Join(end, Lines()) + end);

        Assert.Equal(Expected, read.Texts);
        Assert.Empty(read.Findings);
    }

    [Fact]
    public void Every_kind_of_finding_has_a_weight_and_no_other()
    {
        Assert.All(Enum.GetValues<FindingKind>(), kind => Assert.True(Enum.IsDefined(new Finding(kind, 0, "").Weight)));
        Assert.Throws<InvalidOperationException>(() => new Finding((FindingKind)99, 0, "").Weight);
    }

    [Fact]
    public void Lines_are_numbered_as_an_editor_does()
    {
        foreach (string? end in new[] { "\n", "\r\n", "\r\r\n", "\r" })
        {
            var read = Transcript.Of(string.Join(end, Lines()));

            Assert.Equal(Enumerable.Range(1, Expected.Length), read.Records.Select(record => (int)record.Line));
        }
    }

    [Fact]
    public void Unicode_files_are_read()
    {
        foreach (var encoding in new[] { Encoding.Unicode, Encoding.BigEndianUnicode, new UTF8Encoding(true) })
        {
            var read = Transcript.Of((byte[])[.. encoding.GetPreamble(), .. encoding.GetBytes(Log)]);

            Assert.Equal(Expected, read.Texts);
            Assert.True(read.Findings.Count <= 1);
            Assert.DoesNotContain(read.Findings, finding => finding.Weight > FindingWeight.Note);
        }
    }

    [Fact]
    public void Any_terminal_width_is_rejoined_even_where_the_last_space_is_dropped()
    {
        for (int width = 20; width <= 200; width++)
        {
            string wrapped = string.Concat(Lines().SelectMany(line => line.Chunk(width)).Select(part => new string(part) + "\r\n"));
            string trimmed = string.Concat(Lines().SelectMany(line => line.Chunk(width)).Select(part => new string(part).TrimEnd() + "\r\n"));

            Assert.True(Expected.SequenceEqual(Transcript.Of(wrapped).Texts), $"{width} columns");
            Assert.True(Expected.SequenceEqual(Transcript.Of(trimmed).Texts), $"{width} columns, trimmed");
        }
    }

    [Fact]
    public void Records_in_one_line_are_all_read()
    {
        Assert.Equal(Expected, Transcript.Of(string.Concat(Lines())).Texts);
        Assert.Equal(Expected, Transcript.Of(string.Join("text between ", Lines())).Texts);
    }

    [Fact]
    public void A_line_of_a_megabyte_costs_no_record_around_it()
    {
        int at = Log.Length / 2;
        at = Log.IndexOf('\n', at) + 1;
        foreach (string? junk in new[] { new string('x', 1 << 20), string.Concat(Enumerable.Repeat("nf1 ", 1 << 18)), string.Concat(Enumerable.Repeat("*0000 ", 200_000)) })
        {
            Assert.Equal(Expected, Transcript.Of(Log[..at] + junk + Log[at..]).Texts);
            Assert.Equal(Expected, Transcript.Of(Log[..at] + junk + "\r\n" + Log[at..]).Texts);
        }
    }

    [Fact]
    public void A_record_at_any_place_of_an_endless_line_is_found()
    {
        string record = CaseLog.Infer(7, 9000).TrimEnd();
        for (int before = 65_200; before < 65_700; before += 7)
        {
            Assert.Single(Transcript.Of(new string('.', before) + record + new string('.', 70_000)).Records);
        }
    }

    [Fact]
    public void Debug_text_inside_a_line_is_taken_out()
    {
        const string Prose = "The thread 0x2 has exited with code 0 (0x0).";
        string[] lines = Lines();
        for (int at = 12; at < lines[10].Length - 6; at++)
        {
            foreach (string? end in new[] { "\r\n", "" })
            {
                string[] damaged = lines.ToArray();
                damaged[10] = lines[10].Insert(at, Prose + end);
                var read = Transcript.Of(string.Join("\r\n", damaged));

                Assert.True(Expected.SequenceEqual(read.Texts), $"at {at}: {damaged[10]}");
            }
        }
    }

    [Fact]
    public void Two_devices_with_ids_are_told_apart_in_one_file()
    {
        string[] one = CaseLog.Session(40, " dev=A1 clr=1.12.0 engine=0.1.0").Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        string[] two = CaseLog.Session(40, " dev=B2").Replace("WALKING", "LYING", StringComparison.Ordinal)
            .Split("\r\n", StringSplitOptions.RemoveEmptyEntries)[..2]
            .Concat(Enumerable.Range(500, 40).Select(i => CaseLog.Infer(i, 900_000 + (i * 1000L), "LYING").TrimEnd())).ToArray();
        two[0] = CaseLog.Head(498, 1_390_000, " dev=B2").TrimEnd();
        two[1] = CaseLog.Infer(499, 1_395_000, "LYING").TrimEnd();
        string mixed = string.Join("\r\n", one.Zip(two).SelectMany(pair => new[] { pair.First, pair.Second }));

        var read = Transcript.Of(mixed);

        Assert.Equal(["A1", "B2"], read.Reader.Devices.Select(device => device.Name).Order());
        var first = read.Reader.Devices.Single(device => device.Name == "A1");
        Assert.Equal(("1.12.0", "0.1.0"), (first.Clr, first.Engine));
        Assert.All(read.Records.Where(record => record.Text.Contains("LYING", StringComparison.Ordinal)), r => Assert.Equal("B2", r.Boot.Device.Name));
        Assert.Equal(one.Length + two.Length, read.Records.Count);
        Assert.Equal(0, read.Count(FindingKind.Lost) + read.Count(FindingKind.Entangled));
    }

    /// <summary>The device's clock has 64 bits: after 49.7 days its milliseconds take more than 32.</summary>
    [Fact]
    public void A_clock_goes_on_over_32_bits()
    {
        long wrap = 1L << 32;
        string log = CaseLog.Head(0, wrap - 20_000) + CaseLog.Infer(1, wrap - 1) + CaseLog.Infer(2, wrap) + CaseLog.Infer(3, wrap + 1280)
            + CaseLog.Head(4, wrap + 1290);

        var read = Transcript.Of(log);

        Assert.Equal(5, read.Records.Count);
        var boot = Assert.Single(read.Reader.Devices.Single().Boots);
        Assert.Equal((wrap - 20_000, wrap + 1290), (boot.FirstTime, boot.LastTime));
        Assert.Empty(read.Findings);

        // A clock of 32 bits would begin again: that is another boot.
        Assert.Equal(2, Transcript.Of(log + CaseLog.Head(0, 10) + CaseLog.Infer(1, 1290)).Reader.Devices.Single().Boots.Count);
    }

    [Fact]
    public void Devices_on_named_ports_are_told_apart()
    {
        string[] lines = Lines();
        string mixed = string.Concat(lines.Select(line => $"COM5\t{line}\r\nCOM7\t{line}\r\n"));

        var read = Transcript.Of(mixed);

        Assert.Equal(["COM5", "COM7"], read.Reader.Devices.Select(device => device.Name));
        Assert.All(read.Reader.Devices, device => Assert.Equal(lines.Length, device.Boots.Single().Records));
        Assert.Equal(0, read.Count(FindingKind.Lost) + read.Count(FindingKind.Entangled));
    }

    [Fact]
    public void A_count_that_wraps_over_a_deep_sleep_goes_on()
    {
        string log = CaseLog.Head(65_530, 100) + CaseLog.Infer(65_531, 5000) + CaseLog.Infer(65_540, 9000)
            + CaseLog.Head(5, 99_990) + CaseLog.Line("nf1 boot seq=6 t_ms=99990 reset=deep_sleep sensor=genuine self_test=skipped")
            + CaseLog.Infer(7, 103_000) + CaseLog.Infer(9, 105_000);

        var read = Transcript.Of(log);

        var boot = Assert.Single(Assert.Single(read.Reader.Devices).Boots);
        Assert.Equal((7, 9, 65_545), (boot.Records, boot.Lost, boot.LastSequence));
    }

    [Fact]
    public void A_log_that_was_joined_to_another_is_cut_there()
    {
        string other = string.Concat(Enumerable.Range(3, 20).Select(i => CaseLog.Infer(i, 2000 + i, "LYING")));

        var read = Transcript.Of(Log + other);

        Assert.Equal(2, Assert.Single(read.Reader.Devices).Boots.Count);
        Assert.Equal(1, read.Count(FindingKind.Cut));
        Assert.Equal(Expected.Length + 20, read.Records.Count);
        Assert.All(read.Records.Where(r => r.Text.Contains("LYING", StringComparison.Ordinal)), r => Assert.Equal(2, r.Boot.Number));
    }

    [Fact]
    public void Another_model_in_a_later_head_is_another_boot()
    {
        string head = CaseLog.Head(32, 90_000).TrimEnd()[..^5].TrimEnd()["nf1 ".Length..].Replace("F5FCDA9E", "00000001", StringComparison.Ordinal);

        var read = Transcript.Of(Log + CaseLog.Line("nf1 " + head) + CaseLog.Infer(33, 91_000));

        Assert.Equal(1, read.Count(FindingKind.Cut));
        Assert.Equal([32L, 2L], read.Reader.Devices[0].Boots.Select(boot => boot.Records));
    }

    [Fact]
    public void A_single_record_that_fits_nothing_is_not_used()
    {
        var read = Transcript.Of(Log.Insert(Log.Length / 2, "\r\n" + CaseLog.Infer(7, 50)) + CaseLog.Infer(32, 60_000));

        Assert.Equal(1, read.Count(FindingKind.Unplaced));
        Assert.DoesNotContain(read.Texts, text => text.Contains("t_ms=50 ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_wrong_baud_rate_is_said_in_words()
    {
        byte[] noise = new byte[4000];
        new Random(1).NextBytes(noise);

        Assert.Contains("baud", Assert.Single(Transcript.Of(noise).Findings, finding => finding.Kind == FindingKind.NotText).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_swapped_pair_of_lines_is_read_and_told()
    {
        string[] lines = Lines();
        (lines[10], lines[11]) = (lines[11], lines[10]);
        (lines[0], lines[1]) = (lines[1], lines[0]);

        var read = Transcript.Of(string.Join("\n", lines));

        Assert.Equal(Expected.Order(), read.Texts.Order());
        Assert.Equal(2, read.Count(FindingKind.Late));
        Assert.Equal(0, Assert.Single(Assert.Single(read.Reader.Devices).Boots).Lost);
    }

    [Fact]
    public void An_interrupted_stream_goes_on_and_joins_nothing_over_the_break()
    {
        byte[] bytes = CaseLog.Ascii(Log);
        for (int cut = 400; cut < 900; cut += 13)
        {
            var transcript = new Transcript();
            var reader = new SessionReader(transcript);
            reader.Feed(bytes.AsSpan(0, cut));
            reader.Interrupt();
            reader.Feed(bytes.AsSpan(cut));
            reader.End();

            Assert.InRange(transcript.Records.Count, Expected.Length - 1, Expected.Length);
            Assert.Equal(Expected.Length - transcript.Records.Count, transcript.Count(FindingKind.Lost));
        }
    }

    private static string[] Lines() => Log.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
}
