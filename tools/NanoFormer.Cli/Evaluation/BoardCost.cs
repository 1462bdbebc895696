using NanoFormer.Board;
using NanoFormer.Cli.Demo;
using NanoFormer.Interop;

namespace NanoFormer.Cli.Evaluation;

/// <summary>
/// Time and energy of a model on a board, estimated from counted instructions, modelled cycles and published currents, with an MPU6050 as the sensor.
/// </summary>
/// <param name="Board">The board.</param>
/// <param name="Core">Instructions, cycles and memory on its core.</param>
/// <param name="HopMicroseconds">Time from one inference to the next.</param>
/// <param name="Firmware">What the firmware executes in that time beside the inference; null when it was not measured.</param>
internal sealed record BoardCost(BoardProfile Board, CoreFigures Core, double HopMicroseconds, HopCost? Firmware)
{
    /// <summary>Instructions from one inference to the next, by who causes them.</summary>
    public HopCost Hop => new(Core.Inference?.Instructions, Firmware?.Capture, Firmware?.Managed) { InferenceCycles = Core.Inference?.Cycles };

    /// <summary>Time of an inference; null when instructions were not counted.</summary>
    public double? Microseconds => Board.InferenceMicroseconds(Hop);

    /// <summary>Energy of an inference in microjoules; null in the same case.</summary>
    public double? Microjoules => Microseconds is { } time ? Board.InferenceMicrojoules(time) : null;

    /// <summary>Time that the processor is busy in a hop; null in the same case.</summary>
    public double? BusyMicroseconds => Board.BusyMicroseconds(Hop);

    /// <summary>Its energy in that time, in microjoules; null in the same case.</summary>
    public double? HopMicrojoules => BusyMicroseconds is { } time ? Board.InferenceMicrojoules(time) : null;

    /// <summary>Part of the time that the processor is busy, above 1 when it cannot keep up; null in the same case.</summary>
    public double? Load => BusyMicroseconds / HopMicroseconds;

    /// <summary>Days on the board's battery when the device never sleeps deeply; null in the same case.</summary>
    public double? AlwaysOnDays => BusyMicroseconds is { } time ? Board.BatteryDays(Board.AlwaysOnMilliamps(time, HopMicroseconds)) : null;

    /// <summary>The cost on every board that there are figures for.</summary>
    public static IReadOnlyList<BoardCost> Measure(ModelInfo model, byte[] image, Action<int> done)
    {
        double hop = model.HopSamples * 1e9 / model.RateMillihertz;
        var firmware = FirmwareCost.Measure(image);
        var cores = new Dictionary<string, CoreFigures>(StringComparer.Ordinal);
        return [.. PowerFigures.Shipped.Boards.Select((entry, i) =>
        {
            if (!cores.TryGetValue(entry.Core, out var core))
            {
                cores[entry.Core] = core = CoreFigures.Measure(image, entry.Core);
            }

            done(i + 1);
            return new BoardCost(PowerFigures.Shipped.Board(entry.Id), core, hop, firmware);
        })];
    }
}
