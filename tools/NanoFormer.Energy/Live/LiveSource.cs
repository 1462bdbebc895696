using System.Diagnostics;
using NanoFormer.Energy.Traces;
using NanoFormer.Monitor.Sources;

namespace NanoFormer.Energy.Live;

/// <summary>
/// An instrument on a serial port that records to a file while it measures, in a form that <see cref="Trace"/> reads: what is on the
/// disk is measured, whatever happens to the instrument or to this program.
/// </summary>
public abstract class LiveSource : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);

    private readonly SerialSource _port;
    private readonly byte[] _buffer = new byte[4096];
    private bool _isGone;

    /// <summary>Opens the port.</summary>
    /// <exception cref="IOException">It is not there.</exception>
    private protected LiveSource(string port, int baudRate)
    {
        _port = new SerialSource(port, baudRate) { RaisesDtr = true };
        _port.Open();
    }

    /// <summary>What <c>--instrument</c> names.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["ppk2", "lpm01a"];

    /// <summary>The input that carries the marker in the file, 0 for D0.</summary>
    public abstract int Marker { get; }

    /// <summary>Ending of the file's name.</summary>
    public abstract string Extension { get; }

    /// <summary>Opens an instrument, sets it up and switches the device's supply on.</summary>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="port">Its serial port.</param>
    /// <param name="volts">The supply that it makes.</param>
    /// <exception cref="EnergyException">It does not answer, or refuses.</exception>
    /// <exception cref="IOException">The port is not there.</exception>
    public static LiveSource Open(string kind, string port, double volts) => kind switch
    {
        "ppk2" => new Ppk2Source(port, volts),
        "lpm01a" => new Lpm01aSource(port, volts),
        _ => throw new EnergyException(EnergyError.BadOption, $"'{kind}' cannot be recorded live; {string.Join(" and ", Kinds)} can."),
    };

    /// <summary>Records until told to stop.</summary>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <param name="stop">Ends it.</param>
    /// <param name="progress">Gets the seconds that are recorded.</param>
    /// <returns>What was found, such as samples that were lost.</returns>
    /// <exception cref="EnergyException">The instrument went away or fell silent; what came before is in the file.</exception>
    public IReadOnlyList<TraceFinding> Record(string path, CancellationToken stop, Action<double>? progress = null)
    {
        using var file = new StreamWriter(path);
        var findings = new List<TraceFinding>();
        double seconds = 0;
        try
        {
            Begin(file);
            while (!stop.IsCancellationRequested)
            {
                Take(Receive(), file, findings);
                seconds = Seconds;
                progress?.Invoke(seconds);
            }

            End();
            Rest(file, findings);
        }
        catch (IOException exception)
        {
            _isGone = true;
            throw new EnergyException(EnergyError.Unplugged, FormattableString.Invariant($"{exception.Message} after {seconds:0.###} s of recording; what came is in {path}."));
        }

        return findings;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            if (!_isGone)
            {
                Release(); // a port that is gone may take bytes forever
            }
        }
        catch (IOException)
        {
            // It is gone already.
        }

        _port.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Seconds of the recording so far.</summary>
    private protected abstract double Seconds { get; }

    /// <summary>Writes the file's head and starts the acquisition.</summary>
    private protected abstract void Begin(StreamWriter file);

    /// <summary>Takes bytes of the instrument.</summary>
    private protected abstract void Take(ReadOnlySpan<byte> bytes, StreamWriter file, List<TraceFinding> findings);

    /// <summary>Ends the acquisition.</summary>
    private protected abstract void End();

    /// <summary>Leaves the instrument as it was found.</summary>
    private protected abstract void Release();

    /// <summary>Sends bytes.</summary>
    private protected void Send(ReadOnlySpan<byte> bytes) => _port.Write(bytes);

    /// <summary>Bytes that came; at least one.</summary>
    private protected ReadOnlySpan<byte> Receive()
    {
        var silence = Stopwatch.StartNew();
        while (silence.Elapsed < Patience)
        {
            if (_port.Read(_buffer, CancellationToken.None) is > 0 and var count)
            {
                return _buffer.AsSpan(0, count);
            }
        }

        throw new EnergyException(EnergyError.NoAnswer, $"{_port.Name} says nothing for {Patience.TotalSeconds:0} s: is it the instrument's port, and no other program's?");
    }

    /// <summary>Throws away what waits.</summary>
    private protected void Drain() => _port.ReadUntilQuiet(_buffer, Quiet, _ => { });

    private void Rest(StreamWriter file, List<TraceFinding> findings) =>
        _port.ReadUntilQuiet(_buffer, Quiet, count => Take(_buffer.AsSpan(0, count), file, findings));
}
