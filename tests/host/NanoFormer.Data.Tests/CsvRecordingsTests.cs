using NanoFormer.Data.Import;

namespace NanoFormer.Data.Tests;

public sealed class CsvRecordingsTests
{
    private static readonly CsvSourceOptions Options = new()
    {
        Channels = [new SourceChannel("ax", "g", 0.001), new SourceChannel("gz", "rad/s", 0.01)],
        TimeColumn = "ms",
        TimeUnitSeconds = 1e-3,
        LabelColumn = "what",
        SubjectColumn = "who",
    };

    [Fact]
    public void Columns_are_found_by_name_in_any_order()
    {
        var recording = Assert.Single(Read("what,gz,ms,who,ax\nrun,0.5,0,eve,1\nrest,-0.25,20,eve,-1.5\n,0,40,eve,0.0004\n"));

        Assert.Equal([1000, 50, -1500, -25, 0, 0], recording.Samples);
        Assert.Equal(["rest", "run"], recording.ClassNames);
        Assert.Equal([1, 0, Recording.Unlabelled], recording.Labels!);
        Assert.Equal("eve", recording.Subject);
        Assert.Equal(50, recording.RateHz, 6);
    }

    [Fact]
    public void Gaps_and_new_subjects_begin_new_recordings()
    {
        var recordings = Read("ms,ax,gz,what,who\n0,0,0,a,eve\n20,0,0,a,eve\n40,0,0,a,eve\n100,0,0,a,eve\n0,0,0,a,ada\n20,0,0,a,ada\n");

        Assert.Equal([3, 1, 2], recordings.Select(r => r.SampleCount));
        Assert.Equal(["eve", "eve", "ada"], recordings.Select(r => r.Subject));
        Assert.Equal(3, recordings.Select(r => r.Name).Distinct().Count());
    }

    [Fact]
    public void A_rate_stands_in_for_time()
    {
        var options = new CsvSourceOptions { Channels = [new SourceChannel("ax", "g", 1)], RateHz = 100 };

        var recording = Assert.Single(CsvRecordings.Read(new StringReader("ax\n1\n2\n"), "t.csv", options));

        Assert.Equal(100, recording.RateHz);
        Assert.Null(recording.Labels!);
    }

    [Theory]
    [InlineData("ms,ax,gz,what,who\n0,1,2,a,b\n20,one,2,a,b\n", "line 3, column ax: 'one' is not a number")]
    [InlineData("ms,ax,gz,what,who\n0,NaN,2,a,b\n", "line 2, column ax: has no value")]
    [InlineData("ms,ax,gz,what,who\n0,1,400,a,b\n", "line 2, column gz: '400' does not fit int16")]
    [InlineData("ms,ax,gz,what,who\n0,1,2,a,b\n0,1,2,a,b\n", "line 3: time does not advance")]
    [InlineData("ms,ax,gz,what,who\n0,1\n", "line 2: 2 fields, the header has 5")]
    [InlineData("ms,ax,gz,what,who\n0,\"1\"x,2,a,b\n", "line 2: stray quotes")]
    public void Faults_name_file_line_and_column(string text, string place)
    {
        var fault = Assert.Throws<DataException>(() => Read(text));

        Assert.Equal(DataError.BadField, fault.Error);
        Assert.Contains("walk.csv, " + place, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_column_is_named_with_those_that_are_there()
    {
        var fault = Assert.Throws<DataException>(() => Read("ms,ax,what,who\n0,1,a,b\n"));

        Assert.Equal(DataError.MissingColumn, fault.Error);
        Assert.Contains("'gz' among ms, ax, what, who", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", DataError.MissingColumn)]
    [InlineData("ms,ax,gz,what,who\n", DataError.WrongLength)]
    [InlineData("ms,ax,gz,what,who\n0,1,2,a,b\n", DataError.WrongLength)]
    public void A_file_without_samples_or_rate_is_refused(string text, DataError error) =>
        Assert.Equal(error, Assert.Throws<DataException>(() => Read(text)).Error);

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Equal(DataError.MissingFile, Assert.Throws<DataException>(() => CsvRecordings.Read("no-such.csv", Options)).Error);

    private static IReadOnlyList<Recording> Read(string text) => CsvRecordings.Read(new StringReader(text), "walk.csv", Options);
}
