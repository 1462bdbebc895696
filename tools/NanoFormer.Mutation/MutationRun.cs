using System.Diagnostics;

namespace NanoFormer.Mutation;

/// <summary>Puts each mutant of a target into a tree, and asks its tests.</summary>
/// <param name="tree">The root of a copy of the repository: its files are overwritten, and restored after each mutant.</param>
/// <param name="target">What to try.</param>
internal sealed class MutationRun(string tree, MutationTarget target)
{
    /// <summary>Mutants that some test noticed.</summary>
    public int Killed { get; private set; }

    /// <summary>Mutants that no test noticed.</summary>
    public int Survived { get; private set; }

    /// <summary>The part that was noticed, 0..1, of those that compile.</summary>
    public double Score => Killed + Survived == 0 ? 0 : (double)Killed / (Killed + Survived);

    /// <summary>Tries all mutants.</summary>
    /// <param name="progress">Called with the mutants done and those there are.</param>
    /// <param name="survivor">Called with each file and mutant that no test noticed.</param>
    /// <exception cref="InvalidOperationException">The tests fail without any mutant.</exception>
    public void TryAll(Action<int, int> progress, Action<string, Mutant> survivor)
    {
        if (!target.Files.All(file => Succeeds(target.Build, file) && target.Tests.All(test => Succeeds(test, file))))
        {
            throw new InvalidOperationException("the tests do not pass without any fault");
        }

        (string File, Mutant Mutant)[] mutants =
            [.. target.Files.SelectMany(file => Mutant.Of(File.ReadAllText(Path.Combine(tree, file))).Select(mutant => (file, mutant)))];
        for (int i = 0; i < mutants.Length; i++)
        {
            progress(i, mutants.Length);
            Try(mutants[i].File, mutants[i].Mutant, survivor);
        }

        progress(mutants.Length, mutants.Length);
    }

    private void Try(string file, Mutant mutant, Action<string, Mutant> survivor)
    {
        string path = Path.Combine(tree, file);
        string source = File.ReadAllText(path);
        try
        {
            File.WriteAllText(path, mutant.Source);
            if (!Succeeds(target.Build, file))
            {
                return;
            }

            if (target.Tests.All(test => Succeeds(test, file)))
            {
                Survived++;
                survivor(file, mutant);
            }
            else
            {
                Killed++;
            }
        }
        finally
        {
            File.WriteAllText(path, source);
        }
    }

    private bool Succeeds(string command, string file)
    {
        using var process = Process.Start(new ProcessStartInfo("timeout", [$"{target.Seconds}", "bash", "-c", command])
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
