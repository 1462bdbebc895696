using CsCheck;
using NanoFormer.Data.Import;

namespace NanoFormer.Data.Tests.Import;

public sealed class LabelImportTests
{
    [Theory]
    [InlineData("WALKNG", true)]
    [InlineData("WALKING ", false)] // blanks around a field are not part of it
    [InlineData("walking", true)]
    [InlineData("WALKIGN", true)]
    [InlineData("TALKING", true)]
    [InlineData("SITTING", false)]
    [InlineData("", false)]
    public void A_rare_label_near_a_frequent_one_is_suspect(string label, bool suspect)
    {
        var findings = Import(Rows(("WALKING", 20), (label, 2)), new RepairOptions()).Findings;

        Assert.Equal(suspect, findings.Any(f => f is { Kind: FindingKind.SuspectLabel, Outcome: FindingOutcome.Refused, Count: 2 }));
    }

    [Fact]
    public void A_suspect_label_is_told_with_what_it_may_mean()
    {
        var finding = Assert.Single(Import(Rows(("WALKING", 20), ("WALKNG", 2)), new RepairOptions()).Findings);

        Assert.Equal("'WALKNG' looks like 'WALKING', first in t.csv, line 22; --rename 'WALKNG=WALKING'?", Assert.Single(finding.Examples));
    }

    [Theory]
    [InlineData("LEFT", "LIFT")]
    [InlineData("speed_20", "speed_25")]
    public void Labels_that_are_meant_to_be_alike_pass(string first, string second)
    {
        Assert.Empty(Import(Rows((first, 20), (second, 15)), new RepairOptions()).Findings);
        Assert.Empty(Import(Rows(("speed_20", 20), ("speed_25", 1)), new RepairOptions()).Findings);
    }

    [Fact]
    public void A_list_of_labels_settles_what_is_meant()
    {
        string rows = Rows(("WALKING", 20), ("TALKING", 2));

        Assert.Empty(Import(rows, new RepairOptions { Labels = ["TALKING", "WALKING", "RUNNING"] }).Findings);
        var unknown = Assert.Single(Import(rows, new RepairOptions { Labels = ["WALKING"] }).Findings);
        Assert.Equal((FindingKind.UnknownLabel, 2), (unknown.Kind, unknown.Count));
    }

    [Fact]
    public void Renamed_labels_are_counted()
    {
        var repairs = new RepairOptions { Renames = new Dictionary<string, string> { ["WALKNG"] = "WALKING", ["junk"] = "" } };

        var result = Import(Rows(("WALKING", 3), ("WALKNG", 2), ("junk", 1)), repairs);

        Assert.Equal([0, 0, 0, 0, 0, -1], Assert.Single(result.Recordings).Labels!);
        Assert.Equal(["WALKING"], result.Recordings[0].ClassNames);
        var finding = Assert.Single(result.Findings);
        Assert.Equal((FindingOutcome.Repaired, 3), (finding.Outcome, finding.Count));
    }

    [Fact]
    public void Renaming_what_is_not_there_is_refused()
    {
        var repairs = new RepairOptions { Renames = new Dictionary<string, string> { ["RUN"] = "WALK" } };

        Assert.Equal(DataError.BadOption, Assert.Throws<DataException>(() => Import(Rows(("WALK", 3)), repairs)).Error);
    }

    [Theory] // published examples of the optimal string alignment distance
    [InlineData("CA", "ABC", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("ab", "ba", 1)]
    [InlineData("", "abc", 3)]
    public void Edits_are_counted_as_published(string a, string b, int edits) => Assert.Equal(edits, LabelDistance.Edits(a, b));

    [Fact]
    public void Edits_are_symmetric_and_one_change_costs_at_most_one()
    {
        var names = Gen.Char['a', 'e'].Array[1, 8].Select(c => new string(c));
        Gen.Select(names, names, Gen.Int[0, 7], Gen.Char['a', 'e']).Sample((a, b, place, letter) =>
        {
            Assert.Equal(LabelDistance.Edits(a, b), LabelDistance.Edits(b, a));
            Assert.InRange(LabelDistance.Edits(a, a.Remove(place % a.Length, 1).Insert(place % a.Length, letter.ToString())), 0, 1);
            Assert.InRange(LabelDistance.Edits(a, b), Math.Abs(a.Length - b.Length), Math.Max(a.Length, b.Length));
        });
    }

    private static string Rows(params (string Label, int Count)[] runs) =>
        "ax,what\n" + string.Concat(runs.SelectMany(run => Enumerable.Repeat($"1,{run.Label}\n", run.Count)));

    private static ImportResult Import(string text, RepairOptions repairs)
    {
        var log = new FindingLog();
        using var spool = new SampleSpool();
        var options = new CsvSourceOptions { Channels = [new SourceChannel("ax", "g")], RateHz = 50, LabelColumn = "what" };
        return RecordingImport.Run(CsvSource.Read(new StringReader(text), "t.csv", options, repairs, log, spool), repairs, log);
    }
}
