using NanoFormer.Board;
using NanoFormer.Cli.Benchmarks;
using NanoFormer.Cli.Demo;
using NanoFormer.Cli.Evaluation;
using NanoFormer.Files;
using NanoFormer.Training;
using NanoFormer.Training.Cards;

namespace NanoFormer.Cli.Models;

/// <summary>The part of a model card that is counted: what an inference costs, ESP32 first.</summary>
internal static class CardCosts
{
    private static readonly string[] Cores = ["xtensa", "cortex-m4", "cortex-m55"];

    /// <summary>Counts the test vectors of an image on the cores that can be emulated here.</summary>
    /// <param name="image">The image.</param>
    /// <param name="known">What an evaluation has counted of it.</param>
    public static IReadOnlyList<CardCost> Measure(byte[] image, params IReadOnlyList<BoardCost> known)
    {
        var firmware = known.Count > 0 ? known[0].Firmware : FirmwareCost.Measure(image);
        return [.. Cores.Select(core => known.FirstOrDefault(cost => cost.Core.Core == core)?.Core ?? CoreFigures.Measure(image, core)).Select(figures => figures.Inference).OfType<BenchmarkRow>()
            .Select(inference => Of(inference, firmware))];
    }

    /// <summary>Writes what was counted into the card in a model's folder, and its page.</summary>
    public static ModelCard Write(string folder, ModelCard card, IReadOnlyList<CardCost> costs)
    {
        var counted = card with { Costs = costs };
        AtomicFile.WriteAllText(Path.Combine(folder, TrainingRun.CardFile), counted.ToJson());
        AtomicFile.WriteAllText(Path.Combine(folder, TrainingRun.PageFile), ModelCardPage.Write(counted));
        return counted;
    }

    private static CardCost Of(BenchmarkRow inference, HopCost? firmware)
    {
        var entry = PowerFigures.Shipped.Boards.FirstOrDefault(board => board.Core == inference.Core);
        var board = entry is null ? null : PowerFigures.Shipped.Board(entry.Id);
        var hop = new HopCost(inference.Instructions, firmware?.Capture, firmware?.Managed) { InferenceCycles = inference.Cycles };
        return new CardCost(
            entry?.Title ?? inference.Core,
            inference.Core,
            inference.Backend,
            inference.Instructions,
            inference.Cycles,
            Rounded(board?.InferenceMicroseconds(hop) / 1000),
            Rounded(board?.BusyMicroseconds(hop) is { } busy ? board.InferenceMicrojoules(busy) : null));
    }

    private static double? Rounded(double? value) => value is { } number ? Math.Round(number, 3) : null;
}
