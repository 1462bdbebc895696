using System.IO.Compression;
using System.Text;
using NanoFormer.Data.Import;

namespace NanoFormer.Data.Tests.Import;

/// <summary>Files as programs and people write them, made after public reports: read rightly, or refused with the remedy.</summary>
public sealed class CsvCaseTests
{
    private static readonly CsvSourceOptions Milliseconds = new()
    {
        Channels = [new SourceChannel("ax", "g"), new SourceChannel("ay", "g"), new SourceChannel("az", "g")],
        TimeColumn = "t_ms",
        TimeUnitSeconds = 1e-3,
    };

    private static readonly CsvSourceOptions Labelled = Milliseconds with { LabelColumn = "activity" };

    [Fact]
    public void Bursts_are_refused_with_the_rate_of_all_samples_and_spread_when_asked()
    {
        var finding = Refused("burst_ble", Milliseconds, FindingKind.BurstyTime);
        var recording = Assert.Single(Read("burst_ble", Milliseconds, new RepairOptions { Bursts = BurstRepair.Spread }).Recordings);
        var kept = Read("burst_ble", Milliseconds, new RepairOptions { Bursts = BurstRepair.Keep }).Recordings;

        Assert.Equal("burst_ble.csv: up to 10 samples at a time, 50 Hz in all", finding.Examples[0]);
        Assert.Equal((50, 999), (recording.RateHz, recording.SampleCount)); // the last row is not finished
        Assert.Equal((500, 100), (kept[0].RateHz, kept.Count));
    }

    [Fact]
    public void Whole_seconds_at_100_Hz_are_bursts_and_not_equal_stamps()
    {
        string text = "t_ms,ax,ay,az\n" + string.Concat(Enumerable.Range(0, 1000).Select(i =>
            FormattableString.Invariant($"{i / 100 * 1000},{Math.Sin(i * 0.1):0.###},0.1,1\n")));

        Assert.Equal(FindingKind.BurstyTime, Assert.Single(Import(text, Milliseconds).Findings, IsRefused).Kind);
        var recording = Assert.Single(Import(text, Milliseconds, new RepairOptions { Bursts = BurstRepair.Spread }).Recordings);
        Assert.Equal((100, 1000), (recording.RateHz, recording.SampleCount));
    }

    [Fact]
    public void A_lost_packet_cuts_what_is_spread()
    {
        var rows = Enumerable.Range(0, 200).Where(i => i / 10 != 9)
            .Select(i => FormattableString.Invariant($"{i / 10 * 200 + i % 10},{Math.Sin(i):0.###},0.1,1\n"));

        var result = Import("t_ms,ax,ay,az\n" + string.Concat(rows), Milliseconds, new RepairOptions { Bursts = BurstRepair.Spread });

        Assert.Equal([90, 100], result.Recordings.Select(r => r.SampleCount));
        Assert.All(result.Recordings, r => Assert.Equal(50, r.RateHz, 0.1));
    }

    [Fact]
    public void Samples_lost_here_and_there_are_gaps_and_no_bursts()
    {
        var random = new Random(5);
        var rows = Enumerable.Range(0, 500).Where(_ => random.Next(5) > 0)
            .Select(i => FormattableString.Invariant($"{i * 20},{Math.Sin(i):0.###},0.1,1\n"));

        var result = Import("t_ms,ax,ay,az\n" + string.Concat(rows), Milliseconds);

        Assert.Equal(FindingKind.Gap, Assert.Single(result.Findings).Kind);
        Assert.All(result.Recordings, r => Assert.Equal(50, r.RateHz));
    }

    [Fact]
    public void Bytes_of_another_encoding_are_refused_with_their_line()
    {
        var finding = Refused("label_latin1_two", Labelled, FindingKind.BadEncoding);
        var read = Assert.Single(Read("label_latin1_two", Labelled with { Encoding = "latin1" }).Recordings);

        Assert.Equal("label_latin1_two.csv, line 2: bytes that are not UTF-8", finding.Examples[0]);
        Assert.Contains("--encoding", finding.Repair, StringComparison.Ordinal);
        Assert.Equal(["f\u00E4r", "f\u00F6r", "f\u00FCr"], read.ClassNames);
        Assert.Equal(DataError.BadOption, Assert.Throws<DataException>(() => Read("nan", Labelled with { Encoding = "no-such" })).Error);
    }

    [Fact]
    public void Labels_that_look_the_same_are_one_class_whatever_their_characters()
    {
        var result = Read("label_nfc_nfd", Labelled);

        Assert.Equal(["Gehen schr\u00E4g"], Assert.Single(result.Recordings).ClassNames);
        Assert.All(result.Recordings[0].Labels!, label => Assert.Equal(0, label));
        var told = Assert.Single(result.Findings);
        Assert.Equal((FindingKind.SuspectLabel, FindingOutcome.Noted, 50), (told.Kind, told.Outcome, told.Count));
    }

    [Theory]
    [InlineData("WALK\u00A0", "WALK")]
    [InlineData("\u200BWALK", "WALK")]
    [InlineData("go  up", "go up")]
    [InlineData("go\u00A0up", "go up")]
    [InlineData("\u1100\u1161", "\uAC00")] // Hangul is composed by arithmetic
    [InlineData("a\u0323\u0307", "\u1EA1\u0307")]
    public void A_label_has_one_spelling(string written, string label) => Assert.Equal(label, LabelNames.Normalize(written));

    [Theory]
    [InlineData(1, true)]
    [InlineData(1e-6, true)]
    [InlineData(1e-3, false)]
    public void A_unit_of_time_that_does_not_fit_is_refused(double unit, bool isRefused)
    {
        var options = Labelled with { TimeColumn = "time", TimeUnitSeconds = unit };
        var finding = Read("epoch_ms_declared_default_s", options).Findings.FirstOrDefault(IsRefused);

        Assert.Equal(isRefused ? FindingKind.TimeUnit : null, finding?.Kind);
        Assert.Equal(isRefused, finding?.Examples[0].Contains("in ms it is 50 Hz", StringComparison.Ordinal) ?? false);
    }

    [Theory]
    [InlineData("0.02", 1, null)]
    [InlineData("20", 1, "ms")]
    [InlineData("20", 1e-3, null)]
    [InlineData("20000", 1e-6, null)]
    [InlineData("20000000", 1e-6, "ns")]
    [InlineData("20000", 1, "us")]
    public void Steps_tell_the_unit_of_time_too(string step, double unit, string? better)
    {
        string text = "t_ms,ax,ay,az\n" + string.Concat(Enumerable.Range(0, 30).Select(i =>
            FormattableString.Invariant($"{i * decimal.Parse(step, System.Globalization.CultureInfo.InvariantCulture)},{i % 7},0.1,1\n")));

        var finding = Import(text, Milliseconds with { TimeUnitSeconds = unit }).Findings.FirstOrDefault(IsRefused);

        Assert.Equal(better is null ? null : FindingKind.TimeUnit, finding?.Kind);
        Assert.Contains(better is null ? "" : $"in {better} it is 50 Hz", finding?.Examples[0] ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void A_stated_rate_settles_the_unit_and_slow_quantities_have_none()
    {
        string text = "t_ms,ax,ay,az\n" + string.Concat(Enumerable.Range(0, 30).Select(i => FormattableString.Invariant($"{i * 20},{i % 7},0.1,1\n")));
        var slow = Milliseconds with { TimeUnitSeconds = 1 };

        Assert.False(Import(text, slow with { RateHz = 0.05 }).IsRefused);
        Assert.False(Import(text, slow with { Channels = [new SourceChannel("ax", "degC")] }).IsRefused);
        Assert.True(Import(text, slow).IsRefused);
    }

    [Theory]
    [InlineData("g", 1, false)]
    [InlineData("g", 9.81, true)]
    [InlineData("g", 1000, true)]
    [InlineData("m/s2", 9.81, false)]
    [InlineData("m/s^2", 1, true)]
    [InlineData("mg", 1000, false)]
    [InlineData("bar", 9.81, false)]
    public void Acceleration_is_held_against_gravity(string unit, double atRest, bool isTold)
    {
        string text = "t_ms,ax,ay,az\n" + string.Concat(Enumerable.Range(0, 50).Select(i =>
            FormattableString.Invariant($"{i * 20},{atRest * 0.01 * (i % 5)},{atRest * 0.02},{atRest}\n")));
        var options = Milliseconds with { Channels = [.. Milliseconds.Channels.Select(channel => channel with { Unit = unit })] };

        var result = Import(text, options);

        Assert.False(result.IsRefused);
        Assert.Equal(isTold, result.Findings.Any(f => f is { Kind: FindingKind.SuspectUnit, Outcome: FindingOutcome.Noted }));
    }

    [Fact]
    public void Metres_called_g_are_told() =>
        Assert.Contains(Read("unit_ms2_as_g", Milliseconds).Findings, f =>
            f.Kind == FindingKind.SuspectUnit && f.Examples[0].EndsWith("are they in m/s2?", StringComparison.Ordinal));

    [Fact]
    public void One_wild_value_is_refused_and_does_not_flatten_its_channel()
    {
        var finding = Refused("spike_scale", Milliseconds, FindingKind.Outlier);
        var clipped = Assert.Single(Read("spike_scale", Milliseconds, new RepairOptions { Outliers = OutlierRepair.Clip }).Recordings);
        var kept = Assert.Single(Read("spike_scale", Milliseconds, new RepairOptions { Outliers = OutlierRepair.Keep }).Recordings);

        Assert.Equal("spike_scale.csv, line 42, column az: 1000000, the others reach 1.01", finding.Examples[0]);
        Assert.Equal(1.0 / 16384, clipped.Channels[2].Scale); // 1.01 in 15 bits
        Assert.Equal(short.MaxValue, clipped.Samples[40 * 3 + 2]);
        Assert.Equal(32, kept.Channels[2].Scale);
    }

    [Theory]
    [InlineData(1, 0, true)]
    [InlineData(2, 0, true)]
    [InlineData(3, 0, false)]  // three in a row are a motion
    [InlineData(1, 50, false)] // 50 times rest, which itself reaches a fifth of that now and then
    public void A_short_motion_is_no_outlier(int samples, int others, bool isOutlier)
    {
        var values = Enumerable.Range(0, 200).Select(i => i >= 100 && i < 100 + samples ? 50 : i < others ? 10 : (i % 5) * 0.1);
        string text = "ax\n" + string.Concat(values.Select(value => FormattableString.Invariant($"{value}\n")));

        var findings = Import(text, new CsvSourceOptions { Channels = [new SourceChannel("ax", "rad/s")], RateHz = 50 }).Findings;

        Assert.Equal(isOutlier ? samples : 0, findings.Where(f => f.Kind == FindingKind.Outlier).Sum(f => f.Count));
    }

    [Fact]
    public void Columns_of_one_name_are_refused_and_read_by_names_of_their_own()
    {
        SourceChannel[] first = [new("x", "g"), new("y", "g"), new("z", "g")];
        SourceChannel[] all = [.. first, new("gx", "deg/s"), new("gy", "deg/s"), new("gz", "deg/s")];

        var finding = Refused("dup_header_xyz_xyz", Milliseconds with { Channels = first }, FindingKind.DuplicateColumn);
        var read = Assert.Single(Read("dup_header_xyz_xyz",
            Milliseconds with { Channels = all, ColumnNames = ["t_ms", "x", "y", "z", "gx", "gy", "gz"] }).Recordings);

        Assert.Equal((3, "dup_header_xyz_xyz.csv: the columns 2 and 5 are both 'x'"), (finding.Count, finding.Examples[0]));
        Assert.Contains("--columns", finding.Repair, StringComparison.Ordinal);
        Assert.Equal(100, read.SampleCount);
        Assert.Equal([0, -0.2, 1.01, 100, 200, 300], Physical(read, 0), (a, b) => Math.Abs(a - b) < 1e-2);
    }

    [Fact]
    public void An_empty_line_may_end_a_recording_and_the_user_says_whether()
    {
        var options = new CsvSourceOptions
        {
            Channels = [new SourceChannel("aX", "g"), new SourceChannel("aY", "g"), new SourceChannel("aZ", "g")],
            RateHz = 119,
        };

        var finding = Refused("arduino_blank_lines", options, FindingKind.BlankLine);
        var parted = Read("arduino_blank_lines", options with { BlankLines = BlankLineRule.End }).Recordings;
        var whole = Read("arduino_blank_lines", options with { BlankLines = BlankLineRule.Skip }).Recordings;

        Assert.Contains("--blank-lines end", finding.Repair, StringComparison.Ordinal);
        Assert.Equal([119, 119, 119], parted.Select(r => r.SampleCount));
        Assert.Equal(3, parted.Select(r => r.Source).Distinct().Count());
        Assert.Equal(357, Assert.Single(whole).SampleCount);
    }

    [Fact]
    public void The_row_in_which_a_file_ends_is_left_out_and_told()
    {
        var result = Read("truncated_last_value", Milliseconds);

        var told = Assert.Single(result.Findings);
        Assert.Equal((FindingKind.UnfinishedRow, FindingOutcome.Noted), (told.Kind, told.Outcome));
        Assert.Equal(99, Assert.Single(result.Recordings).SampleCount); // "0.1" of 0.9999 is not a value
    }

    [Theory]
    [InlineData("space_delim", " ", 99)]
    [InlineData("space_delim", null, 99)]
    [InlineData("sep_line", null, 100)]
    [InlineData("trailing_comma_header_only", null, 100)]
    public void Separators_are_those_stated_or_those_that_make_the_columns(string file, string? delimiter, int samples) =>
        Assert.Equal(samples, Assert.Single(Read(file, Milliseconds with { Delimiter = delimiter }).Recordings).SampleCount);

    [Fact]
    public void Digits_of_another_script_are_numbers()
    {
        var recording = Assert.Single(Read("nan", Labelled with { TimeColumn = "time" }).Recordings);

        Assert.Equal(0.5, Physical(recording, 50)[1], 1e-4);
        Assert.Equal(100, recording.SampleCount);
    }

    [Theory]
    [InlineData("NA")]
    [InlineData("N/A")]
    [InlineData("nan")]
    [InlineData("-nan")]
    [InlineData("null")]
    [InlineData("None")]
    [InlineData("-")]
    [InlineData("?")]
    [InlineData("")]
    public void Missing_values_have_many_spellings(string spelling)
    {
        string text = $"t_ms,ax,ay,az\n0,1,2,3\n20,{spelling},2,3\n40,3,2,3\n";

        var result = Import(text, Milliseconds, new RepairOptions { MissingValues = MissingValueRepair.Interpolate });

        Assert.Equal(FindingKind.MissingValue, Assert.Single(Import(text, Milliseconds).Findings, IsRefused).Kind);
        Assert.Equal(2, Physical(Assert.Single(result.Recordings), 1)[0]);
    }

    [Fact]
    public void WISDM_is_a_layout()
    {
        var recording = Assert.Single(Read("wisdm", CsvLayouts.Of("wisdm")).Recordings);

        Assert.Equal((20, 100, "33", "Jogging"), (recording.RateHz, recording.SampleCount, recording.Subject, recording.ClassNames[0]));
        Assert.Equal("m/s2", recording.Channels[0].Unit);
    }

    [Theory] // lines in the form that the programs write
    [InlineData("wisdm", "33,Jogging,49105962326000,-0.69,12.68,0.5;\n33,Jogging,49106012326000,5.01,11.26,0.95;\n", 20, "-0.69 12.68 0.5")]
    [InlineData("shimmer",
        "\"sep=,\"\nS_1_Timestamp_Unix_CAL,S_1_Accel_WR_X_CAL,S_1_Accel_WR_Y_CAL,S_1_Accel_WR_Z_CAL,S_1_Gyro_X_CAL,S_1_Gyro_Y_CAL,S_1_Gyro_Z_CAL,\n"
        + "ms,m/(s^2),m/(s^2),m/(s^2),deg/s,deg/s,deg/s,\n1732790638000.25,1.5,0.5,9.75,10,-20,30,\n1732790638020.25,1,0,9,10,20,30,\n",
        50, "1.5 0.5 9.75 10 -20 30")]
    [InlineData("axivity", "2026-03-01 12:00:00.000,0.5,-0.25,0.75\n2026-03-01 12:00:00.010,0.5,0.25,0.75\n", 100, "0.5 -0.25 0.75")]
    [InlineData("axivity", "Time,Accel-X (g), Accel-Y (g), Accel-Z (g)\n2026-03-01 12:00:00.000,1,2,3\n2026-03-01 12:00:00.010,1,2,4\n", 100, "1 2 3")]
    [InlineData("axivity-ax6", "2026-03-01 12:00:00.000,1,2,3,4,5,6\n2026-03-01 12:00:00.020,1,2,3,4,5,7\n", 50, "1 2 3 4 5 6")]
    [InlineData("sensor-logger", "time,seconds_elapsed,z,y,x\n1767620467350470700,0.14,3,2,1\n1767620467360470700,0.15,6,5,4\n", 100, "1 2 3")]
    [InlineData("phyphox",
        "\"Time (s)\";\"Linear Acceleration x (m/s^2)\";\"Linear Acceleration y (m/s^2)\";\"Linear Acceleration z (m/s^2)\";\"Absolute acceleration (m/s^2)\"\n"
        + "0,000000000E0;1,5E0;-2,5E0;3,5E0;4\n1,000000000E-2;1E0;2E0;3E0;4\n", 100, "1.5 -2.5 3.5")]
    [InlineData("phyphox",
        "\"Time (s)\",\"Acceleration x (m/s^2)\",\"Acceleration y (m/s^2)\",\"Acceleration z (m/s^2)\",\"Absolute acceleration (m/s^2)\"\n"
        + "0.000000000E0,1.5E0,-2.5E0,9.75E0,4\n1.000000000E-2,1E0,2E0,3E0,4\n", 100, "1.5 -2.5 9.75")]
    [InlineData("phyphox-gyroscope",
        "\"Time (s)\",\"Gyroscope x (rad/s)\",\"Gyroscope y (rad/s)\",\"Gyroscope z (rad/s)\",\"Absolute (rad/s)\"\n"
        + "1.000000000E-2,5E-1,-1.25E0,2E0,4\n1.500000000E-2,1E0,2E0,3E0,4\n", 200, "0.5 -1.25 2")]
    [InlineData("sensor-logger-gyroscope",
        "time,seconds_elapsed,z,y,x\n1767620467350470700,0.14,0.25,-0.5,1\n1767620467360470700,0.15,6,5,4\n", 100, "1 -0.5 0.25")]
    public void Layouts_know_where_values_are(string layout, string text, double rate, string first)
    {
        var options = CsvLayouts.Of(layout) with { DecimalComma = text.Contains("E0;", StringComparison.Ordinal) };

        var recording = Assert.Single(Import(text, options).Recordings);

        Assert.Equal(2, recording.SampleCount);
        Assert.Equal(rate, recording.RateHz);
        Assert.Equal(first, string.Join(' ', Physical(recording, 0).Select(value => FormattableString.Invariant($"{Math.Round(value, 3)}"))));
    }

    [Theory]
    [InlineData("sensor-logger-gyroscope", "rad/s")]
    [InlineData("phyphox-gyroscope", "rad/s")]
    [InlineData("phyphox", "m/s2")]
    [InlineData("sensor-logger", "m/s2")]
    public void Layouts_know_the_unit(string layout, string unit) =>
        Assert.All(CsvLayouts.Of(layout).Channels, channel => Assert.Equal(unit, channel.Unit));

    [Theory]
    [InlineData("2026-01-01T00:00:00.000Z", "2026-01-01T00:00:00.020Z")]
    [InlineData("2026-01-01T01:00:00+01:00", "2026-01-01T00:00:00.02+00:00")]
    [InlineData("2026-01-01 00:00:00", "2026-01-01 00:00:00.02")]
    [InlineData("1767225600", "1767225600.02")]
    public void Times_are_dates_or_numbers(string first, string second)
    {
        var options = Milliseconds with { TimeUnitSeconds = 1 };

        Assert.Equal(50, Assert.Single(Import($"t_ms,ax,ay,az\n{first},1,2,3\n{second},1,2,4\n", options).Recordings).RateHz, 1e-3);
    }

    [Fact]
    public void Nanoseconds_since_1970_lose_no_digit()
    {
        string text = "t_ms,ax,ay,az\n" + string.Concat(Enumerable.Range(0, 100).Select(i =>
            FormattableString.Invariant($"{1767620467350470701 + i * 83333L},{i % 9},2,3\n")));

        Assert.Equal(12000, Assert.Single(Import(text, Milliseconds with { TimeUnitSeconds = 1e-9 }).Recordings).RateHz, 0.5);
    }

    [Fact]
    public void Decimal_commas_are_read_when_told()
    {
        const string text = "t_ms;ax;ay;az\n0;0,5;-1,25;3\n20;1,5;0;2,75\n";

        var finding = Assert.Single(Import(text, Milliseconds).Findings, IsRefused);
        var read = Assert.Single(Import(text, Milliseconds with { DecimalComma = true }).Recordings);

        Assert.Contains("--decimal comma", finding.Examples[0], StringComparison.Ordinal);
        Assert.Equal([0.5, -1.25, 3], Physical(read, 0));
    }

    [Fact]
    public void What_stands_before_the_header_and_remarks_are_passed_over()
    {
        const string text = "# made by a logger\n% 50 Hz\n\nDevice: A7\nt_ms,ax,ay,az\n0,1,2,3\n# a remark\n20,4,5,6\n";

        var result = Import(text, Milliseconds);

        Assert.Equal(2, Assert.Single(result.Recordings).SampleCount);
        Assert.Equal(5, result.Findings.Where(f => f is { Kind: FindingKind.PassedOver, Outcome: FindingOutcome.Noted }).Sum(f => f.Count));
    }

    [Theory]
    [InlineData("0,1,2,3\n20,4,5,6\n40,7,8,9\n")]
    [InlineData("t,x,y,z\n0,1,2,3\n20,4,5,6\n40,7,8,9\n")]
    public void Columns_can_be_named_without_a_header_or_over_it(string text)
    {
        var options = Milliseconds with { ColumnNames = ["t_ms", "ax", "ay", "az"] };

        Assert.Equal([1, 2, 3], Physical(Assert.Single(Import(text, options).Recordings), 0));
    }

    [Fact]
    public void Joined_files_are_two_recordings()
    {
        const string text = "ax,ay,az\n1,2,3\n4,5,6\nax,ay,az\n7,8,9\n1,1,1\n";

        Assert.Equal([2, 2], Import(text, Milliseconds with { TimeColumn = null, RateHz = 50 }).Recordings.Select(r => r.SampleCount));
    }

    [Fact]
    public void Gzipped_files_are_read()
    {
        using var folder = new TemporaryFolder();
        using (var file = new GZipStream(File.Create(folder.PathOf("walk.csv.gz")), CompressionLevel.Fastest))
        {
            file.Write(Encoding.UTF8.GetBytes("t_ms,ax,ay,az\n0,1,2,3\n20,4,5,6\n"));
        }

        Assert.Equal(2, Assert.Single(CsvRecordings.Read(folder.Name, Milliseconds)).SampleCount);
        Assert.Equal(RecordingFormat.Csv, RecordingFormat.Of(folder.Name));
    }

    [Theory]
    [InlineData("\uFEFFt_ms,ax,ay,az\r0,1,2,3\r20,4,5,6\r")]
    [InlineData("t_ms\tax\tay\taz\r\n0\t1\t2\t3\r\n20\t4\t5\t6\r\n")]
    [InlineData("\"t_ms\",\"ax\",\"ay\",\"az\"\n\"0\",\"1\",\"2\",\"3\"\n\"20\",\"4\",\"5\",\"6\"\n")]
    [InlineData("t_ms|ax|ay|az\n0|1|2|3\n20|4|5|6\n")]
    public void Line_ends_marks_and_quotes_do_not_matter(string text)
    {
        var recording = Assert.Single(Import(text, Milliseconds).Recordings);

        Assert.Equal([4, 5, 6], Physical(recording, 1));
    }

    [Fact]
    public void A_line_without_end_is_refused_in_little_memory()
    {
        var result = Import("t_ms,ax,ay,az\n" + new string('1', 3_000_000), Milliseconds);

        Assert.Contains(result.Findings, f => f.Kind == FindingKind.BadRow && f.Examples[0].Contains("line 2 is longer", StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_samples_again_are_found_wherever_they_begin()
    {
        var random = new Random(1);
        string[] rows = Enumerable.Range(0, 2000).Select(_ => FormattableString.Invariant($"{random.NextDouble():0.####},0.5,1")).ToArray();
        using var folder = new TemporaryFolder();
        folder.Write("a.csv", "ax,ay,az\n" + string.Join('\n', rows) + "\n");
        folder.Write("copy.csv", "ax,ay,az\n" + string.Join('\n', rows) + "\n");
        folder.Write("part.csv", "ax,ay,az\n" + string.Join('\n', rows[700..1500]) + "\n");
        folder.Write("other.csv", "ax,ay,az\n" + string.Join('\n', rows.Select(row => row.Replace('1', '2'))) + "\n");
        var options = Milliseconds with { TimeColumn = null, RateHz = 50 };

        var refused = Assert.Single(ImportFolder(folder.Name, options, new RepairOptions()).Findings);
        var repaired = ImportFolder(folder.Name, options, new RepairOptions { DropDuplicateRecordings = true });

        Assert.Equal((FindingKind.DuplicateRecording, FindingOutcome.Refused, 2), (refused.Kind, refused.Outcome, refused.Count));
        Assert.Equal("copy.csv, line 2: the samples from a.csv, line 2 on again", refused.Examples[0]);
        Assert.Equal(["a.csv", "other.csv"], repaired.Recordings.Select(r => r.Source));
    }

    [Fact]
    public void Rest_without_noise_is_no_duplicate()
    {
        string text = "ax,ay,az\n" + string.Concat(Enumerable.Repeat("0,0,1\n", 500));
        using var folder = new TemporaryFolder();
        folder.Write("a.csv", text);
        folder.Write("b.csv", text);

        Assert.False(ImportFolder(folder.Name, Milliseconds with { TimeColumn = null, RateHz = 50 }, new RepairOptions()).IsRefused);
    }

    private static double[] Physical(Recording recording, int sample) =>
        [.. recording.Channels.Select((channel, c) => recording.Samples[sample * recording.Channels.Count + c] * channel.Scale)];

    private static bool IsRefused(Finding finding) => finding.Outcome == FindingOutcome.Refused;

    private static Finding Refused(string file, CsvSourceOptions options, FindingKind kind)
    {
        var result = Read(file, options);
        var finding = Assert.Single(result.Findings, IsRefused);
        Assert.Empty(result.Recordings);
        Assert.Equal(kind, finding.Kind);
        return finding;
    }

    private static ImportResult Read(string file, CsvSourceOptions options, RepairOptions? repairs = null) =>
        ImportFolder(Path.Combine(AppContext.BaseDirectory, "Cases", file + ".csv"), options, repairs ?? new RepairOptions());

    private static ImportResult ImportFolder(string path, CsvSourceOptions options, RepairOptions repairs)
    {
        using var spool = new SampleSpool();
        var log = new FindingLog();
        var sources = RecordingFormat.Csv.Read(new ImportRequest(path, repairs) { Csv = options }, log, spool);
        return RecordingImport.Run(sources, repairs, log);
    }

    private static ImportResult Import(string text, CsvSourceOptions options, RepairOptions? repairs = null)
    {
        using var spool = new SampleSpool();
        var log = new FindingLog();
        repairs ??= new RepairOptions();
        return RecordingImport.Run(CsvSource.Read(new StringReader(text), "walk.csv", options, repairs, log, spool), repairs, log);
    }
}
