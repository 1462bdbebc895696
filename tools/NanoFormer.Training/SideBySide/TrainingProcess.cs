using System.Diagnostics;

namespace NanoFormer.Training.SideBySide;

/// <summary>
/// The command <c>train</c> in a process of its own, with one thread: so several run side by side, and what happens to one is nothing to
/// the others. It does not outlive this process.
/// </summary>
public sealed class TrainingProcess : IDisposable
{
    /// <summary>Environment variable that tells a training that it ends when its standard input does.</summary>
    public const string ParentVariable = "NANOFORMER_END_WITH_INPUT";

    /// <summary>Exit code of a training that was asked to stop.</summary>
    public const int Stopped = 130;

    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(20);

    private readonly Process _process;

    private TrainingProcess(Process process) => _process = process;

    /// <summary>What it writes.</summary>
    public StreamReader Output => _process.StandardOutput;

    /// <summary>What it says on standard error.</summary>
    public StreamReader Errors => _process.StandardError;

    /// <summary>How it ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Whether it did not listen and was ended: what it was writing may be half written.</summary>
    public bool WasKilled { get; private set; }

    /// <summary>Starts it.</summary>
    /// <param name="program">The program with the command <c>train</c>, and the arguments before that.</param>
    /// <param name="arguments">Those after <c>train</c>.</param>
    public static TrainingProcess Start(IReadOnlyList<string> program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program[0], [.. program.Skip(1), "train", .. arguments])
        {
            RedirectStandardInput = true, // stays open as long as this process lives, however it ends
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[ParentVariable] = "1";
        return new TrainingProcess(Process.Start(start)!);
    }

    /// <summary>Waits for the end. One that is asked to stop leaves its checkpoint.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled, and it has ended.</exception>
    public async Task WaitAsync(CancellationToken cancellation)
    {
        try
        {
            await _process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            Termination.Ask(_process); // Ctrl-C reaches it by itself, a signal to this program does not
            if (!await EndsInTimeAsync())
            {
                _process.Kill(entireProcessTree: true);
                await _process.WaitForExitAsync(CancellationToken.None);
                WasKilled = true;
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();

    private async Task<bool> EndsInTimeAsync()
    {
        using var timeout = new CancellationTokenSource(TimeToStop);
        try
        {
            await _process.WaitForExitAsync(timeout.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
