using NanoFormer.Board;
using NanoFormer.Interop;

namespace NanoFormer.Cli.Evaluation;

/// <summary>
/// Time and energy of a model on a board, estimated from counted instructions and published currents, with an MPU6050 as the sensor.
/// </summary>
/// <param name="Board">The board.</param>
/// <param name="Core">Instructions and memory on its core.</param>
/// <param name="HopMicroseconds">Time from one inference to the next.</param>
internal sealed record BoardCost(BoardProfile Board, CoreFigures Core, double HopMicroseconds)
{
    /// <summary>Time of an inference; null when instructions were not counted.</summary>
    public double? Microseconds => Core.Inference is { } row ? Board.InstructionMicroseconds(row.Instructions) : null;

    /// <summary>Energy of an inference in microjoules; null likewise.</summary>
    public double? Microjoules => Microseconds is { } time ? Board.InferenceMicrojoules(time) : null;

    /// <summary>Part of the time that inferences take, above 1 when they take too long; null likewise.</summary>
    public double? Load => Microseconds / HopMicroseconds;

    /// <summary>Days on the board's battery when the device never sleeps deeply; null likewise.</summary>
    public double? AlwaysOnDays => Microseconds is { } time ? Board.BatteryDays(Board.AlwaysOnMilliamps(time, HopMicroseconds)) : null;

    /// <summary>The cost on every board that there are figures for.</summary>
    public static IReadOnlyList<BoardCost> Measure(ModelInfo model, byte[] image, Action<int> done)
    {
        var hop = model.HopSamples * 1e9 / model.RateMillihertz;
        var cores = new Dictionary<string, CoreFigures>(StringComparer.Ordinal);
        return [.. PowerFigures.Shipped.Boards.Select((entry, i) =>
        {
            if (!cores.TryGetValue(entry.Core, out var core))
            {
                cores[entry.Core] = core = CoreFigures.Measure(image, entry.Core);
            }
            done(i + 1);
            return new BoardCost(PowerFigures.Shipped.Board(entry.Id), core, hop);
        })];
    }
}
