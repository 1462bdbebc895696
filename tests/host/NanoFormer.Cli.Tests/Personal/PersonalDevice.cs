using NanoFormer.Board;
using NanoFormer.Cli.Demo;
using NanoFormer.Cli.Engines;
using NanoFormer.Emulator;
using NanoFormer.Interop;
using NanoFormer.Runtime;
using NanoFormer.Wearable;

namespace NanoFormer.Cli.Tests.Personal;

/// <summary>The wearable on a simulated board, switched on, worn through a motion, and switched off.</summary>
internal static class PersonalDevice
{
    private const int NeverAtRest = 1_000_000;

    /// <summary>What leaves the serial port while samples are collected.</summary>
    /// <param name="image">The model, whose input is collected; null for all channels.</param>
    /// <param name="motion">What the wearer does.</param>
    /// <param name="label">What the wearer says that is; empty to say nothing.</param>
    /// <param name="subject">Who that is.</param>
    /// <param name="flipProbability">Probability that noise changes a byte.</param>
    /// <param name="seed">Of the noise.</param>
    public static byte[] Collect(byte[]? image, IMotionSource motion, string label, string subject, double flipProbability = 0, int seed = 1)
    {
        var settings = new WearableSettings { StillWindows = NeverAtRest, Collect = new CollectSettings { Label = label, Subject = subject } };
        return Run(image, motion, settings, new FaultPlan { SerialFlipProbability = flipProbability, Seed = seed }).Bytes;
    }

    /// <summary>The log of a device that recognises.</summary>
    public static IReadOnlyList<LogLine> Recognise(byte[] image, IMotionSource motion) =>
        Run(image, motion, new WearableSettings { StillWindows = NeverAtRest }, new FaultPlan()).Records;

    private static (byte[] Bytes, IReadOnlyList<LogLine> Records) Run(
        byte[]? image, IMotionSource motion, WearableSettings settings, FaultPlan faults)
    {
        using var board = new SimulatedBoard(motion, new SimulatedBoardOptions { Faults = faults });
        using var transformer = image is null ? null : new Transformer(new ReferenceEngine(image));
        var bytes = new List<byte>();
        board.Serial.ByteReceived += bytes.Add;
        var transcript = new SerialTranscript(board.Serial, show: _ => { });
        Assert.True(DemoDevice.Run(board, new BoardPower(board, DemoDevice.EndOf(motion)), EngineFactory.Reference, transformer, motion, settings));
        return ([.. bytes], transcript.Records);
    }
}
