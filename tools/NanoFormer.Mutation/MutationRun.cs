using System.Diagnostics;

namespace NanoFormer.Mutation;

/// <summary>Puts each mutant of a target into a tree, and asks its tests.</summary>
/// <param name="tree">The root of a copy of the repository: its files are overwritten, and restored after each mutant.</param>
/// <param name="name">The target's name.</param>
/// <param name="target">What to try.</param>
/// <param name="limit">How long all of it may take.</param>
internal sealed class MutationRun(string tree, string name, MutationTarget target, TimeSpan limit)
{
    /// <summary>Tries all mutants, in a random but fixed order: those of a run that ends early are a sample of the whole.</summary>
    /// <param name="progress">Called before each mutant, and at the end.</param>
    /// <exception cref="InvalidOperationException">The tests fail without any mutant.</exception>
    public MutationReport TryAll(Action<MutationReport> progress)
    {
        var time = Stopwatch.StartNew();
        RequireGoodTests();
        (string File, Mutant Mutant)[] mutants =
            [.. target.Files.SelectMany(file => Mutant.Of(File.ReadAllText(Path.Combine(tree, file))).Select(mutant => (file, mutant)))];
        var report = new MutationReport(name, mutants.Length);
        report.Stale.AddRange(target.Equivalent.Where(known => !mutants.Any(m => known.Is(m.File, m.Mutant))));
        new Random(1).Shuffle(mutants);
        foreach (var (file, mutant) in mutants.TakeWhile(_ => time.Elapsed < limit))
        {
            progress(report);
            Try(file, mutant, report);
            report.Time = time.Elapsed;
        }

        progress(report);
        RequireGoodTests();
        return report;
    }

    /// <summary>Builds what is there and tests it, the first time with more to build; after the mutants it leaves none of them built.</summary>
    private void RequireGoodTests()
    {
        if (!target.Files.All(file => Succeeds(target.Build, file, 10 * target.Seconds) && target.Tests.All(test => Succeeds(test, file, target.Seconds))))
        {
            throw new InvalidOperationException("the tests do not pass without any fault");
        }
    }

    private void Try(string file, Mutant mutant, MutationReport report)
    {
        string path = Path.Combine(tree, file);
        string source = File.ReadAllText(path);
        try
        {
            File.WriteAllText(path, mutant.Source);
            if (!Succeeds(target.Build, file, target.Seconds))
            {
                report.Refuse();
                return;
            }

            report.Add(
                new TriedMutant(file, mutant.Line, mutant.Was, mutant.Is, mutant.Text, target.WhyEquivalent(file, mutant)),
                !target.Tests.All(test => Succeeds(test, file, target.Seconds)));
        }
        finally
        {
            File.WriteAllText(path, source);
        }
    }

    private bool Succeeds(string command, string file, int seconds)
    {
        using var process = Process.Start(new ProcessStartInfo("timeout", [$"{seconds}", "bash", "-c", command])
        {
            WorkingDirectory = tree,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["FILE"] = file },
        })!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}

/// <summary>A mutant in a report.</summary>
/// <param name="File">Its file.</param>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Was">The characters that were replaced.</param>
/// <param name="Is">What stood there.</param>
/// <param name="Text">The line with the fault in it.</param>
/// <param name="Why">Why it is listed as equivalent; null when it is not.</param>
internal sealed record TriedMutant(string File, int Line, string Was, string Is, string Text, string? Why) : IComparable<TriedMutant>
{
    /// <summary>By file and line.</summary>
    public int CompareTo(TriedMutant? other) => (File, Line).CompareTo((other?.File ?? "", other?.Line ?? 0));

    /// <summary>Where it is, what changed, and why it does not matter if so.</summary>
    public override string ToString() => FormattableString.Invariant($"{File}:{Line}: {Text}{(Why == null ? "" : $"   ({Why})")}");
}
