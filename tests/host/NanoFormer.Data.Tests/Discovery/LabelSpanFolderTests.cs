using System.Globalization;
using System.Text;
using NanoFormer.Data.Discovery;
using NanoFormer.Data.Import;

namespace NanoFormer.Data.Tests.Discovery;

/// <summary>Long recordings beside tables that say from when to when which activity was done.</summary>
public sealed class LabelSpanFolderTests
{
    private const int People = 4;
    private const int Samples = 1500; // at 50 Hz
    private const double FirstStamp = 1.7e12; // ms since 1970: 2023-11-14 22:13:20

    /// <summary>What was done in each recording: samples 100 to 499, 500 to 899, 1000 to 1399, counted from 0.</summary>
    private static readonly (string Label, int Begin, int End)[] Spans = [("sitting", 100, 500), ("walking", 500, 900), ("running", 1000, 1400)];

    /// <summary>Name of a table of all recordings, and its text for file {0}; and what is told of the unit.</summary>
    public static TheoryData<string, string, string, string> Tables => new()
    {
        { "annotations.csv", "file,start,end,label\n", "rec{0}.csv,2,10,sitting\nrec{0}.csv,10,18,walking\nrec{0}.csv,20.0,28.0,running\n", "in s since" },
        { "times.csv", "recording;from_ms;to_ms;activity\n", "rec{0};2000;10000;sitting\nrec{0};10000;18000;walking\nrec{0};20000;28000;running\n", "in ms since" },
        { "labels.tsv", "file\tstart_time\tend_time\tactivity\n", "rec{0}\t1700000002000\t1700000010000\tsitting\nrec{0}\t1700000010000\t1700000018000\twalking\nrec{0}\t1700000020000\t1700000028000\trunning\n", "own time stamps" },
        { "dates.csv", "file,start,stop,class\n", "rec{0},2023-11-14 22:13:22,2023-11-14 22:13:30,sitting\nrec{0},2023-11-14 22:13:30,2023-11-14 22:13:38,walking\nrec{0},2023-11-14 22:13:40,2023-11-14 22:13:48,running\n", "by dates" },
        { "labels.txt", "", "{0} sitting 101 500\n{0} walking 501 900\n{0} running 1001 1400\n", "from 1, the last included" },
        { "frames.csv", "file,start_frame,end_frame,label\n", "rec{0}.csv,100,500,sitting\nrec{0}.csv,500,900,walking\nrec{0}.csv,1000,1400,running\n", "from 0, the last excluded" },
    };

    /// <summary>Name and text of a table for recording {0}.</summary>
    public static TheoryData<string, string> OwnTables => new()
    {
        { "rec{0}.txt", "2.000000\t10.000000\tsitting\n10.000000\t18.000000\twalking\n\\\t100.0\t200.0\n20.000000\t28.000000\trunning\n" }, // Audacity
        { "rec{0}_labels.csv", "start_time,end_time,activity\n2.0,10.0,sitting\n10.0,18.0,walking\n20.0,28.0,running\n" },
        { "labels/rec{0}.csv", "label,start,end\nsitting,2.0,10.0\nwalking,10.0,18.0\nrunning,20.0,28.0\n" },
        { "annotations_rec{0}.tsv", "start\tend\tlabel\n2,5\t10\tsitting\n10\t18\twalking\n20\t28,0\trunning\n2\t3\tsitting\n" }, // decimal commas, spans that meet, no order
    };

    [Theory]
    [MemberData(nameof(Tables))]
    public void OneTableForAllRecordingsIsReadToTheSample(string name, string header, string rows, string unit)
    {
        using var folder = new TemporaryFolder();
        WriteRecordings(folder);
        folder.Write($"set/{name}", header + string.Concat(Enumerable.Range(1, People).Select(person => string.Format(CultureInfo.InvariantCulture, rows, person))));

        var import = FolderImport.Run(folder.PathOf("set"), new DiscoveryRequest());

        AssertAsMeant(import);
        var told = Assert.Single(import.Choices, choice => choice.What == "labels");
        Assert.StartsWith($"12 spans of {name}", told.Value, StringComparison.Ordinal);
        Assert.Contains(unit, told.Value, StringComparison.Ordinal);
        Assert.StartsWith("20.0 % of the samples", Assert.Single(import.Choices, choice => choice.What == "unlabelled").Value, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(OwnTables))]
    public void ATableForEachRecordingIsReadToTheSample(string name, string text)
    {
        using var folder = new TemporaryFolder();
        WriteRecordings(folder);
        for (int person = 1; person <= People; person++)
        {
            folder.Write("set/" + name.Replace("{0}", $"{person}", StringComparison.Ordinal), text);
        }

        AssertAsMeant(FolderImport.Run(folder.PathOf("set"), new DiscoveryRequest()));
    }

    [Fact]
    public void NumbersOfExperimentsAndUsersBesideFilesWithoutHeaderAreReadWithTheirBookOfCodes()
    {
        using var folder = new TemporaryFolder();
        var labels = new StringBuilder();
        for (int experiment = 1; experiment <= 6; experiment++)
        {
            int user = (experiment + 1) / 2;
            folder.Write(Text($"RawData/acc_exp{experiment:00}_user{user:00}.txt"), string.Concat(Rows(experiment).Select(row => Text($"{row[1]:0.0000} {row[2]:0.0000} {row[3]:0.0000}\n"))));
            folder.Write(Text($"RawData/gyro_exp{experiment:00}_user{user:00}.txt"), string.Concat(Rows(experiment).Select(row => Text($"{row[2] - 5:0.0000} {row[1]:0.0000} {row[1] + (0.1 * row[2]):0.0000}\n"))));
            labels.Append(Text($"{experiment} {user} 2 101 500\n{experiment} {user} 1 501 900\n{experiment} {user} 3 1001 1400\n"));
        }

        folder.Write("RawData/labels.txt", labels.ToString());
        folder.Write("activity_labels.txt", "1 walking\n2 sitting\n3 running\n");
        folder.Write("README.txt", "Sampled at a constant rate of 50Hz.\n");

        var import = FolderImport.Run(folder.Name, new DiscoveryRequest());

        AssertAsMeant(import, recordings: 6);
        Assert.DoesNotContain(import.Choices, choice => choice.What == "note"); // a user in a name is no acceleration without gravity
        Assert.Equal(["1", "2", "3"], import.Recordings.Select(recording => recording.Subject).Distinct().Order());
    }

    [Fact]
    public void WhereTwoUnitsMakeSenseTheOptionIsNamedAndTakenWhenGiven()
    {
        using var folder = new TemporaryFolder();
        WriteRecordings(folder, firstStamp: 4000); // ms: the table's 12 s may be since the first sample, or by the recording's clock
        folder.Write("set/labels.csv", "file,start,end,label\n" + string.Concat(Enumerable.Range(1, People).Select(person =>
            Text($"rec{person},6000,14000,sitting\nrec{person},14000,22000,walking\nrec{person},24000,29000,running\n"))));

        var fault = Assert.Throws<DataException>(() => FolderImport.Run(folder.PathOf("set"), new DiscoveryRequest()));
        var import = FolderImport.Run(folder.PathOf("set"), new DiscoveryRequest { SpanUnit = SpanUnit.Stamps });

        Assert.Contains("may be ms or stamps: say which with --span-unit", fault.Message, StringComparison.Ordinal);
        Assert.Equal(100, Array.FindIndex(import.Recordings[0].Labels!, label => label >= 0));
    }

    [Fact]
    public void WhatMakesNoSenseIsRefusedWithItsLineOrLeftOutAndCounted()
    {
        using var folder = new TemporaryFolder();
        WriteRecordings(folder);
        string table = folder.Write("labels.csv", "file,start,end,label\nrec1,10,2,sitting\nrec1,2,10,sitting\nrec1,8,12,walking\nrec9,1,2,running\nrec2,20,40,running\nrec2,x,4,running\n");
        var options = new LabelSpanOptions(LabelSpanOptions.TablesOf(table), SpanUnit.Of("s"));

        var refused = Import(folder, options, new RepairOptions());
        var repaired = Import(folder, options, new RepairOptions { DropBadSpans = true, DropBadRows = true });

        string Told(FindingKind kind) => Assert.Single(refused.Findings, finding => finding.Kind == kind).Examples[0];
        Assert.True(refused.IsRefused);
        Assert.Equal("labels.csv, line 2: ends at 2, before it begins at 10", Told(FindingKind.BadSpan));
        Assert.Equal("labels.csv, line 4: 'walking' begins in rec1.csv before 'sitting' of line 3 ends", Told(FindingKind.SpanOverlap));
        Assert.Equal("labels.csv, line 5: there is no recording 'rec9'", Told(FindingKind.SpanWithoutFile));
        Assert.Equal("labels.csv, line 6: 'running' goes beyond the samples of rec2.csv", Told(FindingKind.SpanBeyond));
        Assert.Equal("labels.csv, line 7: 'x' to '4' is no span of numbers or dates", Told(FindingKind.BadRow));
        Assert.False(repaired.IsRefused);
        Assert.Equal([(300, "sitting"), (100, "walking")], repaired.Recordings[0].Labels!.Where(label => label >= 0)
            .CountBy(label => repaired.Recordings[0].ClassNames[label]).Select(pair => (pair.Value, pair.Key))); // 8 s to 10 s is nobody's
        Assert.Equal(500, repaired.Recordings[1].Labels!.Count(label => label >= 0));
    }

    [Fact]
    public void JunkIsANamedErrorOrAFinding()
    {
        using var folder = new TemporaryFolder();
        WriteRecordings(folder);
        var random = new Random(1);
        string[] words = ["rec1", "rec2.csv", "sitting", "start", "end", "label", "file", "-1", "0", "3", "1e308", "NaN", "2023-11-14 22:13:22", "\"", "\u0000", "\\", "", "99999999999999999999", "12:00:00"];
        for (int round = 0; round < 300; round++)
        {
            string between = ",;\t | "[random.Next(6)].ToString();
            string text = string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => string.Join(between, random.GetItems(words, random.Next(1, 7))) + "\n"));
            string table = folder.Write("junk.csv", (random.Next(2) == 0 ? "file,start,end,label\n" : "") + text);
            folder.Write("set/junk_labels.csv", text);
            var unit = SpanUnit.All[random.Next(SpanUnit.All.Count)];

            AssertNoOther(() => Import(folder, new LabelSpanOptions(LabelSpanOptions.TablesOf(table), unit), new RepairOptions()));
            if (round % 10 == 0)
            {
                AssertNoOther(() => FolderImport.Run(folder.PathOf("set"), new DiscoveryRequest()));
                AssertNoOther(() => FolderImport.Run(folder.PathOf("set"), new DiscoveryRequest { LabelSpans = table }));
            }
        }

        static void AssertNoOther(Action action) => Assert.True(Record.Exception(action) is null or DataException);
    }

    private static void AssertAsMeant(FolderImport import, int recordings = People)
    {
        Assert.Equal(recordings, import.Recordings.Count);
        foreach (var recording in import.Recordings)
        {
            Assert.Equal(Samples, recording.SampleCount);
            string[] labels = [.. recording.Labels!.Select(label => label < 0 ? "" : recording.ClassNames[label])];
            Assert.Equal([.. Enumerable.Range(0, Samples).Select(i => Spans.FirstOrDefault(span => i >= span.Begin && i < span.End).Label ?? "")], labels);
        }
    }

    private static ImportResult Import(TemporaryFolder folder, LabelSpanOptions spans, RepairOptions repairs)
    {
        var log = new FindingLog();
        using var spool = new SampleSpool();
        var request = new ImportRequest(folder.PathOf("set"), repairs)
        {
            Csv = new CsvSourceOptions { Channels = [new SourceChannel("ax", "m/s2")], TimeColumn = "t_ms", TimeUnitSeconds = 1e-3 },
            Spans = spans,
        };
        return RecordingImport.Run(RecordingFormat.Csv.Read(request, log, spool), repairs, log);
    }

    private static void WriteRecordings(TemporaryFolder folder, double firstStamp = FirstStamp)
    {
        for (int person = 1; person <= People; person++)
        {
            folder.Write($"set/rec{person}.csv", "t_ms,ax,ay,az\n" + string.Concat(Rows(person).Select(row =>
                Text($"{firstStamp + (1000 * row[0]):0},{row[1]:0.0000},{row[2]:0.0000},{row[3]:0.0000}\n"))));
        }
    }

    private static IEnumerable<double[]> Rows(int person) => StrangersFolders.Rows("walking", Samples / 50, 50, person, 9.80665);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
