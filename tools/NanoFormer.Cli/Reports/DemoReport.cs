using System.Globalization;
using NanoFormer.Cli.Demo;
using Spectre.Console;

namespace NanoFormer.Cli.Reports;

/// <summary>The summary that ends <c>demo</c>.</summary>
internal static class DemoReport
{
    /// <summary>The summary as data.</summary>
    public static object Json(DemoResult result) => new
    {
        result.Recording,
        Synthetic = result.IsSynthetic,
        Model = result.Model.ModelId,
        result.Options.Core,
        result.Options.Faults,
        Board = result.BoardTitle,
        result.Truth.Windows,
        JudgedWindows = result.Truth.Judged,
        Accuracy = result.Truth.ModelAccuracy,
        DeviceAccuracy = result.Truth.DeviceAccuracy,
        UnknownWindows = result.Truth.Unknown,
        CardAccuracy = result.CardAccuracy?.Int8Accuracy,
        CardData = result.CardAccuracy?.Data,
        result.Wakes,
        result.Seconds,
        result.AsleepSeconds,
        result.Gaps,
        result.LostSamples,
        result.MilliampHours,
        Undisturbed = result.Undisturbed is { } undisturbed
            ? new { undisturbed.Truth.Windows, undisturbed.Wakes, undisturbed.MilliampHours, AverageMilliamps = undisturbed.Milliamps }
            : null,
        result.Errors,
        result.LogLines,
        result.TornLines,
        result.InstructionsPerInference,
        result.CyclesPerInference,
        InstructionsMin = result.Instructions.Count == 0 ? (long?)null : result.Instructions.Min(),
        InstructionsMax = result.Instructions.Count == 0 ? (long?)null : result.Instructions.Max(),
        CaptureInstructionsPerHop = result.Hop.Capture,
        ManagedInstructionsPerHop = result.Hop.Managed,
        result.ManagedMethods,
        EstimatedMs = result.InferenceMicroseconds / 1000,
        result.Model.ArenaBytes,
        result.Model.ImageBytes,
        EnergyKind = "estimate",
        EnergyUjPerInference = result.InferenceMicrojoules,
        EnergyUjPerHop = result.HopMicrojoules,
        result.Phases,
        AverageMilliamps = result.Milliamps,
        result.AwakeMilliamps,
        result.BatteryMilliampHours,
        result.BatteryDays,
        result.AlwaysOnBatteryDays,
        Agree = result.Agreements,
        Total = result.Comparisons,
    };

    /// <summary>The summary as a strip over time and a table.</summary>
    public static void Draw(DemoResult result)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (var (name, value) in Rows(result))
        {
            grid.AddRow(Markup.Escape(name), Markup.Escape(value));
        }

        Console.Out.WriteLine();
        DrawTimeline(result.Timeline);
        AnsiConsole.Write(grid);
    }

    private static void DrawTimeline(DemoTimeline timeline)
    {
        Console.Out.WriteLine($"truth   {timeline.Truth}");
        Console.Out.WriteLine($"answer  {timeline.Answers}");
        Console.Out.WriteLine($"        {timeline.Legend} ({timeline.Scale})");
        Console.Out.WriteLine();
    }

    private static IEnumerable<(string Name, string Value)> Rows(DemoResult result)
    {
        var truth = result.Truth;
        yield return ("recording", result.IsSynthetic ? $"{result.Recording} (SYNTHETIC: generated, no person)" : result.Recording);
        if (result.Options.Faults.Count > 0)
        {
            yield return ("faults", string.Join(", ", result.Options.Faults));
        }

        yield return ("windows", Text($"{truth.Windows}, of which {truth.Judged} under one label the model knows"));
        yield return (result.IsSynthetic ? "accuracy, synthetic" : "accuracy, recording", Accuracy(truth));
        if (result.CardAccuracy is { } card)
        {
            yield return ("accuracy, real test data", Text($"{card.Int8Accuracy:P2} by the model card ({card.Correct} of {card.Windows}, {card.Data})"));
        }

        yield return ("sleep", Text($"{Counted.Of(result.Wakes, "wake")}, asleep {result.AsleepSeconds:F0} of {result.Seconds:F0} s"));
        yield return ("log", Text($"{result.LogLines} records, {Counted.Of(result.Gaps, "gap")}, {Counted.Of(result.Errors, "error")}, {Counted.Of(result.TornLines, "torn line")}"));
        if (result.Undisturbed is { } undisturbed)
        {
            yield return ("beside no fault", Beside(result, undisturbed));
        }

        yield return ("inference", Inference(result));
        yield return ("hop", Hop(result));
        yield return ("memory", Text($"arena {result.Model.ArenaBytes:N0} bytes, image {result.Model.ImageBytes:N0} bytes of flash"));
        yield return ("battery (estimate)", Battery(result));
        yield return ("check", Check(result));
    }

    private static string Accuracy(GroundTruth truth) => truth.ModelAccuracy is null
        ? "no window lies under one label that the model knows"
        : Text($"{truth.ModelAccuracy:P1} of windows by the model, {truth.DeviceAccuracy:P1} by the device's gated answers ({truth.Unknown} unknown)");

    private static string Beside(DemoResult result, DemoResult undisturbed)
    {
        string without = result.InstructionsPerInference is null ? " without inferences" : "";
        return Text($"{result.Truth.Windows} windows of {undisturbed.Truth.Windows}, {result.LostSamples} samples lost by the log; ")
            + Text($"{result.MilliampHours * 1000:F1} uAh{without}, undisturbed {undisturbed.MilliampHours * 1000:F1} (estimates)");
    }

    private static string Inference(DemoResult result) => result.InstructionsPerInference is { } count
        ? Text($"{count:N0} instructions{Cycles(result)} on {result.Options.Core}; {result.InferenceMicroseconds / 1000:F2} ms and {result.InferenceMicrojoules:F0} uJ on {result.BoardTitle} (estimates)")
        : $"not counted on '{result.Options.Core}'";

    private static string Cycles(DemoResult result) => result.CyclesPerInference is { } cycles ? Text($", {cycles:N0} cycles") : "";

    private static string Hop(DemoResult result)
    {
        string energy = result.HopMicrojoules is { } microjoules ? Text($"; {microjoules:F0} uJ") : "";
        return Text($"{Count("inference", result.Hop.Inference)}, {Count("native capture", result.Hop.Capture)}, ")
            + Text($"{Count("managed code", result.Hop.Managed)}{energy} (estimates)");
    }

    private static string Count(string kind, long? instructions) =>
        instructions is { } count ? Text($"{kind} {count:N0} instructions") : $"{kind} not counted";

    private static string Battery(DemoResult result)
    {
        return result.BatteryDays is null
            ? $"not estimated: instructions are not counted on '{result.Options.Core}'"
            : Text($"{result.BatteryDays:F1} days on {result.BatteryMilliampHours:F0} mAh at this replay's mean of {result.Milliamps:F2} mA; ")
                + Text($"{result.AlwaysOnBatteryDays:F1} days if it never slept ({result.AwakeMilliamps:F2} mA)");
    }

    private static string Check(DemoResult result) => !result.HasWitness
        ? "no second engine ran along"
        : $"{Witness(result.Options.Core)} agree on {result.Agreements} of {result.Comparisons} outputs";

    private static string Witness(string core) => core == Engines.EngineFactory.Host ? "host and reference" : "host and core";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
