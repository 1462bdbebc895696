using NanoFormer.Board;
using NanoFormer.Cli.Demo;
using NanoFormer.Cli.Engines;
using NanoFormer.Interop;
using NanoFormer.Runtime;
using NanoFormer.Wearable;

namespace NanoFormer.Cli.Tests.Firmware;

/// <summary>
/// Two wearables with the shipped model's input that are alike to the microsecond and worn through the same minutes: one collects, the
/// other one's windows are kept. A processor stall makes both lose samples.
/// </summary>
internal sealed class CollectedDay
{
    private const int Seconds = 120;

    private static readonly FaultPlan Faults = new() { ProcessorStalls = [new(60, 63)] };

    public CollectedDay()
    {
        using var reference = ShippedModel.Reference();
        using var recorder = new WindowRecorder(reference.Info);
        Model = reference.Info;
        Wear(recorder, new WearableSettings());
        Windows = recorder.Windows;
        Lines = Wear(recorder, new WearableSettings { Collect = new CollectSettings { Label = "WALK", Subject = "ada" } });
    }

    /// <summary>The model.</summary>
    public ModelInfo Model { get; }

    /// <summary>The windows that the model got.</summary>
    public IReadOnlyList<short[]> Windows { get; }

    /// <summary>The log of the device that collects.</summary>
    public IReadOnlyList<string> Lines { get; }

    private static IReadOnlyList<string> Wear(WindowRecorder engine, WearableSettings settings)
    {
        var wearer = new SyntheticWearer(1,
        [
            new(WearerActivity.Walking, 90),
            new(WearerActivity.PutDown, Seconds - 90),
        ]);
        using var board = new SimulatedBoard(wearer, new SimulatedBoardOptions { Faults = Faults });
        board.Clock.BeforeAdvance = null; // the two devices must not differ by the time that their own code takes
        using var device = board.Bus.CreateDevice(SimulatedBoard.SensorAddress);
        board.Gpio.OpenPin(SimulatedBoard.InterruptPin, System.Device.Gpio.PinMode.Input);
        var lines = new InstantLines();
        var power = new BoardPower(board, Seconds * 1_000_000L);
        var access = DemoDevice.Access(board, device, power, EngineFactory.Host, lines);
        var application = new WearableApplication(access, new Transformer(engine), settings);
        board.Clock.Schedule(Seconds * 1_000_000L, application.Stop);
        Assert.True(application.Run(maxWakes: 0));
        return lines.Lines;
    }
}
