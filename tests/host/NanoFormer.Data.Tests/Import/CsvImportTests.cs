using NanoFormer.Data.Import;

namespace NanoFormer.Data.Tests.Import;

/// <summary>Each fault of a CSV file: named, counted and refused, or repaired by its option.</summary>
public sealed class CsvImportTests
{
    private static readonly CsvSourceOptions Options = new()
    {
        Channels = [new SourceChannel("ax", "g", 0.001)],
        TimeColumn = "ms",
        TimeUnitSeconds = 1e-3,
        LabelColumn = "what",
    };

    [Fact]
    public void Rows_that_cannot_be_read_are_counted_and_left_out_when_asked()
    {
        const string text = "ms,ax,what\n0,1,A\n20,one,A\n40,3,A\n60,4\n80,5,A\n100,6,A\n";

        var finding = Refused(text, FindingKind.BadRow);
        var repaired = Import(text, new RepairOptions { DropBadRows = true });

        Assert.Equal(2, finding.Count);
        Assert.Equal("walk.csv, line 3, column ax: 'one' is not a number", finding.Examples[0]);
        Assert.Equal("walk.csv, line 5: 2 fields, the header has 3", finding.Examples[1]);
        Assert.Equal([[1000], [3000], [5000, 6000]], repaired.Recordings.Select(r => r.Samples));
        Assert.Contains(repaired.Findings, f => f is { Kind: FindingKind.BadRow, Outcome: FindingOutcome.Repaired, Count: 2 });
    }

    [Fact]
    public void Without_times_a_row_left_out_still_cuts_the_recording()
    {
        var result = Import("ax\n1\nx\n3\n4\n", new RepairOptions { DropBadRows = true },
            Options with { TimeColumn = null, LabelColumn = null, RateHz = 50 });

        Assert.Equal([[1000], [3000, 4000]], result.Recordings.Select(r => r.Samples));
    }

    [Fact]
    public void A_decimal_comma_is_a_bad_row_not_another_column()
    {
        var finding = Refused("ms,ax,what\n0,1,5,A\n20,2,5,A\n", FindingKind.BadRow);

        Assert.StartsWith("walk.csv, line 2: 4 fields, the header has 3; a decimal comma needs --decimal comma", finding.Examples[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Empty_lines_are_no_rows_and_lines_keep_their_numbers()
    {
        var finding = Refused("ms,ax,what\r\n0,1,A\r\n\r\n20,x,A\r\n40,3,A\r\n\r\n", FindingKind.BadRow);

        Assert.Equal(["walk.csv, line 4, column ax: 'x' is not a number"], finding.Examples);
    }

    [Fact]
    public void A_quote_that_is_not_closed_costs_its_line_alone()
    {
        var finding = Refused("ms,ax,what\n0,1,A\n20,2,\"A\n40,3,A\n60,4,A\n", FindingKind.BadRow);

        Assert.Equal(1, finding.Count);
        Assert.Equal(["walk.csv, line 3: a quote opens and does not close in the line"], finding.Examples);
    }

    [Theory]
    [InlineData(MissingValueRepair.Hold, new short[] { 1000, 1000, 1000, 4000 })]
    [InlineData(MissingValueRepair.Interpolate, new short[] { 1000, 2000, 3000, 4000 })]
    public void Missing_values_are_filled_when_asked(MissingValueRepair repair, short[] expected)
    {
        const string text = "ms,ax,what\n0,1,A\n20,NaN,A\n40,,A\n60,4,A\n";

        Assert.Equal(2, Refused(text, FindingKind.MissingValue).Count);
        Assert.Equal(expected, Assert.Single(Import(text, new RepairOptions { MissingValues = repair }).Recordings).Samples);
    }

    [Fact]
    public void Missing_samples_are_left_out_when_asked()
    {
        var repairs = new RepairOptions { MissingValues = MissingValueRepair.Drop };
        var result = Import("ms,ax,what\n0,1,A\n20,2,A\n40,inf,A\n60,4,A\n80,5,A\n", repairs);

        Assert.Equal([[1000, 2000], [4000, 5000]], result.Recordings.Select(r => r.Samples));
    }

    [Theory]
    [InlineData("ms,ax,what\n0,,A\n20,2,A\n", MissingValueRepair.Hold)]
    [InlineData("ms,ax,what\n0,1,A\n20,,A\n", MissingValueRepair.Interpolate)]
    [InlineData("ms,ax,what\n0,1,A\n20,,A\n40,,A\n60,,A\n80,2,A\n", MissingValueRepair.Hold)]
    public void What_cannot_be_filled_honestly_is_refused(string text, MissingValueRepair repair) =>
        Refused(text, FindingKind.MissingValue, new RepairOptions { MissingValues = repair, FillLimit = 2 });

    [Fact]
    public void Equal_times_keep_the_first_when_asked()
    {
        const string text = "ms,ax,what\n0,1,A\n20,2,A\n20,9,A\n40,3,A\n";

        Assert.Equal(["walk.csv, line 4: time does not advance"], Refused(text, FindingKind.DuplicateTime).Examples);
        Assert.Equal([1000, 2000, 3000], Assert.Single(Import(text, new RepairOptions { DropDuplicateTimes = true }).Recordings).Samples);
    }

    [Theory]
    [InlineData(BackwardTimeRepair.Drop, new[] { "1000 2000 4000" })]
    [InlineData(BackwardTimeRepair.Sort, new[] { "1000 3000 2000 4000" })]
    [InlineData(BackwardTimeRepair.Split, new[] { "1000 2000", "3000 4000" })]
    public void Backward_times_have_three_repairs(BackwardTimeRepair repair, string[] expected)
    {
        const string text = "ms,ax,what\n0,1,A\n40,2,A\n20,3,A\n60,4,A\n";

        var finding = Refused(text, FindingKind.BackwardTime);
        var result = Import(text, new RepairOptions { BackwardTimes = repair, ResampleHz = repair == BackwardTimeRepair.Sort ? 50 : null });

        Assert.Equal(["walk.csv, line 4: time goes back by 0.02 s"], finding.Examples);
        Assert.Equal(expected, result.Recordings.Select(r => string.Join(' ', r.Samples)));
    }

    [Fact]
    public void Values_beyond_the_stated_scale_saturate_when_asked()
    {
        const string text = "ms,ax,what\n0,33,A\n20,-33,A\n";

        Assert.Equal(2, Refused(text, FindingKind.OutOfRange).Count);
        Assert.Equal([32767, -32768], Assert.Single(Import(text, new RepairOptions { ClipOutOfRange = true }).Recordings).Samples);
    }

    [Theory] // steps of a thousandth
    [InlineData("0.0014", 1)]
    [InlineData("0.0016", 2)]
    [InlineData("0.0025", 3)]
    [InlineData("-0.0014", -1)]
    [InlineData("-0.0016", -2)]
    [InlineData("-0.0025", -3)]
    public void Values_are_rounded_to_the_nearest_step(string value, short step) =>
        Assert.Equal([step, step], Assert.Single(Import($"ms,ax,what\n0,{value},A\n20,{value},A\n", new RepairOptions()).Recordings).Samples);

    [Fact]
    public void Uneven_times_are_put_on_an_even_grid_when_asked()
    {
        // A ramp of 1 g per second: wherever the grid puts a sample, its value is its time.
        var random = new Random(3);
        int[] times = Enumerable.Range(0, 200).Select(i => (i * 20) + random.Next(-9, 10)).ToArray();
        string text = "ms,ax,what\n" + string.Concat(times.Select(t => FormattableString.Invariant($"{t},{t / 1000.0},A\n")));

        Refused(text, FindingKind.UnevenTime, gapPeriods: 5);
        var result = Import(text, new RepairOptions { ResampleHz = 50 }, gapPeriods: 5);

        var recording = Assert.Single(result.Recordings);
        Assert.InRange(recording.SampleCount, 198, 202);
        Assert.All(Enumerable.Range(0, recording.SampleCount - 1), i =>
            Assert.InRange(recording.Samples[i + 1] - recording.Samples[i], 19, 21)); // 20 steps of a thousandth
    }

    [Fact]
    public void Times_rounded_to_milliseconds_still_tell_the_rate()
    {
        string text = "ms,ax,what\n"
            + string.Concat(Enumerable.Range(0, 600).Select(i => FormattableString.Invariant($"{i * 1000 / 60},0,A\n")));

        Assert.Equal(60, Assert.Single(Import(text, new RepairOptions()).Recordings).RateHz, 1);
    }

    [Fact]
    public void Mixed_rates_are_refused_or_resampled()
    {
        string Text(int step) =>
            "ms,ax,what\n" + string.Concat(Enumerable.Range(0, 50).Select(i => FormattableString.Invariant($"{i * step},1,A\n")));
        ImportResult Both(RepairOptions repairs)
        {
            var log = new FindingLog();
            using var spool = new SampleSpool();
            SourceRecording[] sources =
            [
                .. CsvSource.Read(new StringReader(Text(20)), "a.csv", Options, repairs, log, spool),
                .. CsvSource.Read(new StringReader(Text(20)), "b.csv", Options, repairs, log, spool),
                .. CsvSource.Read(new StringReader(Text(10)), "c.csv", Options, repairs, log, spool),
            ];
            return RecordingImport.Run(sources, repairs, log);
        }

        var refused = Assert.Single(Both(new RepairOptions()).Findings);
        var repaired = Both(new RepairOptions { ResampleHz = 25 });

        Assert.Equal((FindingKind.MixedRates, FindingOutcome.Refused, 1), (refused.Kind, refused.Outcome, refused.Count));
        Assert.Equal("c.csv, line 2: 100 Hz from here on, expected 50 Hz", refused.Examples[0]);
        Assert.All(repaired.Recordings, r => Assert.Equal(25, r.RateHz));
        Assert.Equal([25, 25, 13], repaired.Recordings.Select(r => r.SampleCount));
        Assert.All(repaired.Recordings.SelectMany(r => r.Samples), value => Assert.Equal((short)1000, value));
    }

    [Fact]
    public void A_stated_rate_that_the_times_contradict_is_refused()
    {
        string text = "ms,ax,what\n" + string.Concat(Enumerable.Range(0, 50).Select(i => FormattableString.Invariant($"{i * 10},1,A\n")));

        Refused(text, FindingKind.MixedRates, options: Options with { RateHz = 50 });
    }

    [Fact]
    public void Gaps_are_told_and_lose_nothing()
    {
        var result = Import("ms,ax,what\n0,1,A\n20,2,A\n40,3,A\n260,4,A\n280,5,A\n", new RepairOptions());

        var gap = Assert.Single(result.Findings);
        Assert.Equal((FindingKind.Gap, FindingOutcome.Noted, 1), (gap.Kind, gap.Outcome, gap.Count));
        Assert.Equal("walk.csv, line 5: 0.22 s after the sample before it", gap.Examples[0]);
        Assert.Equal([3, 2], result.Recordings.Select(r => r.SampleCount));
        Assert.Equal(["walk.csv#1", "walk.csv#2"], result.Recordings.Select(r => r.Name));
        Assert.All(result.Recordings, r => Assert.Equal("walk.csv", r.Source));
    }

    [Fact]
    public void Missing_columns_are_all_named()
    {
        var finding = Refused("time,ax\n0,1\n", FindingKind.MissingColumn);

        Assert.Equal(
            ["walk.csv, line 1: no column 'ms' among time, ax", "walk.csv, line 1: no column 'what' among time, ax"], finding.Examples);
    }

    [Fact]
    public void Every_kind_of_fault_is_reported_at_once()
    {
        var result = Import("ms,ax,what\n0,1,A\n0,2,A\n20,x,A\n10,,A\n40,99,A\n", new RepairOptions());

        Assert.True(result.IsRefused);
        Assert.Empty(result.Recordings);
        Assert.Equal(
            [FindingKind.BadRow, FindingKind.MissingValue, FindingKind.DuplicateTime, FindingKind.OutOfRange],
            result.Findings.Where(f => f.Outcome == FindingOutcome.Refused).Select(f => f.Kind));
    }

    [Fact]
    public void One_long_file_is_parted_by_subject_and_session()
    {
        var options = Options with { SubjectColumn = "who", RecordingColumn = "run" };
        var result = Import(
            "ms,ax,what,who,run\n0,1,A,eve,1\n20,2,A,eve,1\n0,3,A,eve,2\n20,4,A,eve,2\n0,5,A,ada,1\n20,6,A,ada,1\n",
            new RepairOptions(),
            options);

        Assert.Equal(["walk.csv/eve/1", "walk.csv/eve/2", "walk.csv/ada/1"], result.Recordings.Select(r => r.Source));
        Assert.Equal(["eve", "eve", "ada"], result.Recordings.Select(r => r.Subject));
    }

    [Fact]
    public void Sources_with_other_channels_do_not_mix()
    {
        var other = Options with { Channels = [new SourceChannel("ay", "g")] };
        var log = new FindingLog();
        using var spool = new SampleSpool();
        var repairs = new RepairOptions();
        SourceRecording[] sources =
        [
            .. CsvSource.Read(new StringReader("ms,ax,what\n0,1,A\n"), "a.csv", Options, repairs, log, spool),
            .. CsvSource.Read(new StringReader("ms,ay,what\n0,1,A\n"), "b.csv", other, repairs, log, spool),
        ];

        Assert.Equal(DataError.Incompatible, Assert.Throws<DataException>(() => RecordingImport.Run(sources, repairs, log)).Error);
    }

    private static Finding Refused(
        string text, FindingKind kind, RepairOptions? repairs = null, CsvSourceOptions? options = null, double gapPeriods = 1.5)
    {
        var result = Import(text, repairs ?? new RepairOptions(), options, gapPeriods);
        Assert.Empty(result.Recordings);
        var finding = Assert.Single(result.Findings, f => f.Outcome == FindingOutcome.Refused);
        Assert.Equal(kind, finding.Kind);
        return finding;
    }

    private static ImportResult Import(string text, RepairOptions repairs, CsvSourceOptions? options = null, double gapPeriods = 1.5)
    {
        var log = new FindingLog();
        using var spool = new SampleSpool();
        var sources = CsvSource.Read(new StringReader(text), "walk.csv", options ?? Options, repairs, log, spool);
        return RecordingImport.Run(sources, repairs, log, gapPeriods);
    }
}
