using System.Diagnostics;
using NanoFormer.Emulator;
using NanoFormer.Mlperf;
using NanoFormer.Monitor.Sources;

namespace NanoFormer.Cli.Energy;

/// <summary>A pseudo-terminal and this machine's clock, for a device under test.</summary>
/// <param name="pty">The line to the host.</param>
/// <param name="watcher">Sees the marker; null for performance and accuracy mode.</param>
internal sealed class PtyBenchmarkPort(Pty pty, IDeviceWatcher? watcher) : IBenchmarkPort
{
    private const int EnergyBaud = 9600;
    private const int BitsPerByte = 10;

    private readonly Stopwatch _time = Stopwatch.StartNew();

    /// <inheritdoc/>
    public bool IsEnergyMode => watcher is not null;

    /// <inheritdoc/>
    public long Microseconds => _time.Elapsed.Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>Sends text; in energy mode as slowly as the rules' 9600 baud, so that the instrument's samples come before the answer's end.</summary>
    public void Write(byte[] bytes, int count)
    {
        if (IsEnergyMode)
        {
            Thread.Sleep(count * BitsPerByte * 1000 / EnergyBaud);
        }

        pty.Write(bytes.AsSpan(0, count));
    }

    /// <inheritdoc/>
    public void Edge() => watcher?.Falls();
}
