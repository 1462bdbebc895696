using System.Globalization;
using NanoFormer.Board;
using NanoFormer.Interop;
using NanoFormer.Runtime;

namespace NanoFormer.Cli.Demo;

/// <summary>
/// What an instrument would record of a simulated board: its power, which is an estimate, and the marker pins, D0 inference, D1 managed
/// code, D2 capture. A sample is the mean of 100 us with the pins at its end.
/// </summary>
internal sealed class BoardTrace : IPhaseMarker, IDisposable
{
    /// <summary>Names of the phases, by the pin that shows them.</summary>
    public static readonly IReadOnlyList<string> Phases = ["inference", "managed", "capture"];

    private const long SampleMicroseconds = 100;

    private readonly SimulatedBoard _board;
    private readonly StreamWriter _file;
    private readonly Marker _marker;
    private readonly double[] _joules = new double[Phases.Count + 1];
    private readonly long[] _microseconds = new long[Phases.Count + 1];
    private PowerState _state = PowerState.Run;
    private bool _infers;
    private double _sampleJoules;
    private long _filled, _samples;

    /// <summary>Begins to record.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public BoardTrace(SimulatedBoard board, string path)
    {
        _board = board;
        _file = new StreamWriter(path);
        _file.Write("# simulated board: powers are estimates\ntime (s),power (W),D0,D1,D2\n");
        board.Power.Passed = Pass;
        _marker = new Marker(Infer);
    }

    /// <summary>Time and energy of each phase so far, exact: the truth behind the trace.</summary>
    public IReadOnlyList<PhaseTruth> Truth => [.. _joules.Select((joules, i) => new PhaseTruth(i < Phases.Count ? Phases[i] : "idle", _microseconds[i] / 1e6, joules * 1e6))];

    /// <inheritdoc/>
    public void Enter(PowerState state)
    {
        Settle();
        _state = state;
    }

    /// <summary>Ends the recording.</summary>
    public void Dispose()
    {
        _board.Power.Passed = null; // what comes now is the workbench's own work with the firmware's classes
        _marker.Dispose();
        _file.Dispose();
    }

    private void Infer(bool isHigh)
    {
        Settle();
        _infers = isHigh;
    }

    // What has passed belongs to the phase before.
    private void Settle()
    {
        _board.Clock.Advance(0);
        _board.Power.EnterMcu(_board.Power.Mcu);
    }

    private int Phase => _infers ? 0 : _state == PowerState.Run ? 1 : _state == PowerState.Capture ? 2 : Phases.Count;

    private void Pass(long microseconds, double watts)
    {
        _joules[Phase] += microseconds * watts / 1e6;
        _microseconds[Phase] += microseconds;
        while (microseconds > 0)
        {
            long step = Math.Min(microseconds, SampleMicroseconds - _filled);
            _sampleJoules += step * watts / 1e6;
            _filled += step;
            microseconds -= step;
            if (_filled == SampleMicroseconds)
            {
                Write();
            }
        }
    }

    private void Write()
    {
        _file.Write(string.Create(CultureInfo.InvariantCulture,
            $"{_samples++ * SampleMicroseconds / 1e6:0.0000},{_sampleJoules / SampleMicroseconds * 1e6:0.########},{(_infers ? 1 : 0)},{(_state == PowerState.Run ? 1 : 0)},{(_state == PowerState.Capture ? 1 : 0)}\n"));
        (_sampleJoules, _filled) = (0, 0);
    }
}

/// <summary>Time and energy of a phase of a replay, an estimate.</summary>
/// <param name="Phase">Its name.</param>
/// <param name="Seconds">Time in it.</param>
/// <param name="EnergyUj">Energy in it, in microjoules.</param>
internal sealed record PhaseTruth(string Phase, double Seconds, double EnergyUj);
