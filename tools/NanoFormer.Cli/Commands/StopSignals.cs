using System.Runtime.InteropServices;

namespace NanoFormer.Cli.Commands;

/// <summary>Turns Ctrl-C (SIGINT) and SIGTERM into a cancelled token, so that a command can keep what it has before it ends.</summary>
internal sealed class StopSignals : IDisposable
{
    /// <summary>The exit code of a command that was stopped: that of a program interrupted from the keyboard.</summary>
    public const int ExitCode = 130;

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;

    public StopSignals()
    {
        _registrations = [Register(PosixSignal.SIGINT), Register(PosixSignal.SIGTERM)];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _source.Dispose();
    }

    private PosixSignalRegistration Register(PosixSignal signal) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true; // the program goes on until it has kept what it has
        _source.Cancel();
    });
}
