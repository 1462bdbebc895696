using System.Text.Json;

namespace NanoFormer.Mutation.Tests;

/// <summary>A tree of one shell script, whose test calls it.</summary>
public sealed class MutationRunTests : IDisposable
{
    private const string Script = "code.sh";
    private const string Source = "if (( x < 3 || x == 7 )); then echo yes; fi\n";
    private readonly string _tree = Directory.CreateTempSubdirectory("mutation").FullName;

    public MutationRunTests() => File.WriteAllText(Path.Combine(_tree, Script), Source);

    public void Dispose() => Directory.Delete(_tree, true);

    [Fact]
    public void What_a_test_notices_is_told_from_what_none_does_and_the_source_is_restored()
    {
        var report = Run(Target(Answers(2, "yes"), Answers(3, "")));

        Assert.Equal(report.All, report.Tried);
        Assert.Contains("if (( x <= 3 || x == 7 )); then echo yes; fi", Mutant.Of(Source).Select(mutant => mutant.Text));
        Assert.DoesNotContain(report.Survivors, mutant => mutant.Text.Contains("x <= 3", StringComparison.Ordinal));
        Assert.Contains(report.Survivors, mutant => mutant.Text.Contains("x == (7 + 1)", StringComparison.Ordinal));
        Assert.InRange(report.Score, 0.1, 0.84);
        Assert.False(report.IsGood);
        Assert.Contains($"  not noticed: {Script}:1: if (( x < 3 || x == (7 + 1) )); then echo yes; fi\n", report.Lines(), StringComparison.Ordinal);
        Assert.Equal(Source, File.ReadAllText(Path.Combine(_tree, Script)));
    }

    [Fact]
    public void An_equivalent_mutant_is_counted_apart_with_its_reason()
    {
        var target = Target(Answers(2, "yes"), Answers(3, ""));
        string[] survivors = [.. Run(target).Survivors.Select(mutant => mutant.Text)];

        var report = Run(target with { Equivalent = [.. survivors.Select(text => new EquivalentMutant(Script, text, "nobody asks"))] });

        Assert.Equal((1.0, survivors.Length, true), (report.Score, report.Equivalent.Count, report.IsGood));
        Assert.Contains("(nobody asks)", report.Lines(), StringComparison.Ordinal);
        Assert.True(report.Noticed + report.Equivalent.Count + report.Refused == report.All);
    }

    [Fact]
    public void A_list_of_equivalent_mutants_that_is_wrong_is_told()
    {
        var report = Run(Target(Answers(2, "yes"), Answers(3, ""), Answers(7, "yes"), Answers(8, "")) with
        {
            Equivalent =
            [
                new EquivalentMutant(Script, "if (( x <= 3 || x == 7 )); then echo yes; fi", "a test notices it"),
                new EquivalentMutant(Script, "if (( x < 4 )); then echo yes; fi", "no such line"),
            ],
        });

        Assert.Equal("a test notices it", Assert.Single(report.NotEquivalent).Why);
        Assert.Equal("no such line", Assert.Single(report.Stale).Why);
        Assert.False(report.IsGood);
        using var json = JsonDocument.Parse(MutationReport.Json([report]));
        var only = Assert.Single(json.RootElement.EnumerateArray());
        Assert.Equal("script", only.GetProperty("target").GetString());
        Assert.Equal(report.Score, only.GetProperty("score").GetDouble(), 4);
        Assert.Equal("a test notices it", only.GetProperty("notEquivalent")[0].GetProperty("why").GetString());
    }

    [Fact]
    public void When_time_is_up_the_rest_is_not_tried_and_that_is_told()
    {
        var report = new MutationRun(_tree, "script", Target(Answers(2, "yes")), TimeSpan.Zero).TryAll(_ => { });

        Assert.Equal(0, report.Tried);
        Assert.False(report.IsGood);
        Assert.Contains($"{report.All} not tried", report.Lines(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mutant_that_does_not_build_is_none_and_one_that_hangs_is_noticed()
    {
        File.WriteAllText(Path.Combine(_tree, Script), "x = 1 + 1\n");
        var target = Target("! grep -q '1 + (1 + 1)' code.sh || sleep 60") with { Build = "! grep -q -- - code.sh", Seconds = 5 };

        var report = Run(target);

        Assert.Equal((1, 1, 1), (report.Refused, report.Noticed, report.Survivors.Count));
    }

    [Fact]
    public void Tests_that_fail_without_a_fault_are_told() =>
        Assert.Throws<InvalidOperationException>(() => Run(Target("false")));

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 11)]
    public void Progress_is_one_line_in_a_terminal_and_eleven_elsewhere(bool isTerminal, int lines)
    {
        using var output = new StringWriter();
        var progress = new MutationProgress(output, isTerminal);
        var report = new MutationReport("gate", 40);
        progress.Show(report);
        for (int i = 0; i < 40; i++)
        {
            report.Add(new TriedMutant("a.c", i, "<", "<=", "", null), true);
            progress.Show(report);
        }

        Assert.Equal(lines, output.ToString().Count(c => c == '\n'));
        Assert.Contains("gate: 40 of 40 faults tried, 0 not noticed", output.ToString(), StringComparison.Ordinal);
    }

    private static string Answers(int x, string answer) => $"[[ $(x={x}; . ./code.sh) == '{answer}' ]]";

    private static MutationTarget Target(params string[] tests) => new([Script], "bash -n code.sh", tests, 10, 1, []);

    private MutationReport Run(MutationTarget target) => new MutationRun(_tree, "script", target, TimeSpan.FromMinutes(1)).TryAll(_ => { });
}
