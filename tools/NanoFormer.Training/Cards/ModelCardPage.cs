using System.Globalization;
using System.Text;

namespace NanoFormer.Training.Cards;

/// <summary>A card as a page to read (Markdown).</summary>
public static class ModelCardPage
{
    /// <summary>Writes the page.</summary>
    public static string Write(ModelCard card)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            # {card.Name}

            {card.Purpose}{(card.Use.Length == 0 ? "" : $"\n\n**Use:** {card.Use}")}

            | | |
            |---|---|
            | input | {card.WindowSamples} samples at {card.RateHz} Hz of {string.Join(", ", card.Channels)} |
            | parameters | {card.Parameters} |
            | image | {card.ImageBytes} bytes, CRC-32 {card.ImageCrc32} |
            | arena | {card.ArenaBytes} bytes |
            | trained on | {card.Data} |
            | split | {card.Split} |
            | seed | {card.Seed} |{(card.Ensemble == 1 ? "" : $"\n| networks | {card.Ensemble}, which answer together by the mean of their probabilities |")}

            {card.DataCredit}

            Made by

                {card.Command}

            """);
        AppendSeeds(page, card);
        AppendOtherSplits(page, card.OtherSplits);
        AppendPruning(page, card);
        AppendCosts(page, card.Costs);
        AppendResult(page, "Test windows", card, card.Test);
        if (card.RawTest is not null)
        {
            AppendResult(page, "The test subjects' raw recordings", card, card.RawTest);
        }

        return Prose.Wrap(page.ToString());
    }

    private static void AppendSeeds(StringBuilder page, ModelCard card)
    {
        if (card.Seeds.Count < 2)
        {
            return;
        }

        page.Append(
            CultureInfo.InvariantCulture, $"\n## Spread\n{card.Seeds.Count} trainings that differ in their seed alone{Range(card.Seeds)}.{Together(card)}{Shipped(card)}\n");
        AppendTable(page, card.Seeds,
        [
            ("seed", seed => seed.Seed.ToString(CultureInfo.InvariantCulture)),
            ("int8", seed => Percent(seed.Int8Accuracy)),
            ("float", seed => Percent(seed.FloatAccuracy)),
            ("F1", seed => Number(seed.Detection?.ToCounts().F1)),
            ("false alarms", seed => Percent(seed.Detection?.ToCounts().FalseAlarmRate)),
            ("area under the curve, faults", seed => Number(seed.FaultAuc)),
            ("alarms", seed => Percent(seed.Detection is null ? seed.Alarms : null)),
            ("worst subject", seed => seed.Worst is { } worst ? Text(worst) : ""),
        ]);
    }

    /// <summary>What a line of the table is where several networks answer: neighbours share one, so they differ less than trainings of their own would.</summary>
    private static string Together(ModelCard card) => card.Ensemble == 1
        ? ""
        : $" A line is {card.Ensemble} networks together: of its seed and the next, after the last that of the first.";

    private static string Range(IReadOnlyList<SeedResult> seeds)
    {
        string[] ranges =
        [
            .. Range(seeds.Select(seed => seed.Int8Accuracy), "in int8", Percent),
            .. Range(seeds.Select(seed => seed.Detection?.ToCounts().F1), "F1", Number),
            .. Range(seeds.Select(seed => seed.Detection?.ToCounts().FalseAlarmRate), "false alarms", Percent),
            .. Range(seeds.Select(seed => seed.FaultAuc), "area under the curve of faults", Number),
        ];
        return ranges.Length == 0 ? "" : $": mean {string.Join("; ", ranges)}";
    }

    private static string[] Range(IEnumerable<double?> values, string what, Func<double?, string> text)
    {
        double[] known = [.. values.OfType<double>()];
        return known.Length == 0
            ? []
            : [$"{text(known.Average())} {what}, lowest {text(known.Min())}, highest {text(known.Max())}"];
    }

    private static string Shipped(ModelCard card) => SeedResult.MedianOf(card.Seeds) is var median && card.Seeds[median].Seed == card.Seed
        ? $" The model is that of seed {card.Seed}, the median."
        : $" The model is that of seed {card.Seed}.";

    private static void AppendOtherSplits(StringBuilder page, IReadOnlyList<OtherSplitClaim> splits)
    {
        if (splits.Count == 0)
        {
            return;
        }

        page.Append("""

            ## Other splits
            Trained again on data that is parted otherwise, and judged on what is unseen then: what to expect where that differs. All that is not set below
            is as in the model's own training. Means over the seeds. The image is of none of these trainings.

            """);
        AppendTable(page, splits,
        [
            ("unseen", split => split.Name),
            ("windows", split => split.Windows.ToString(CultureInfo.InvariantCulture)),
            ("seeds", split => split.Seeds.Count.ToString(CultureInfo.InvariantCulture)),
            ("int8", split => Percent(Mean(split, seed => seed.Int8Accuracy))),
            ("lowest", split => Percent(split.Seeds.Min(seed => seed.Int8Accuracy))),
            ("macro F1", split => Number(Mean(split, seed => seed.Int8MacroF1))),
            ("macro area under the curve", split => Number(Mean(split, seed => seed.MacroAuc))),
            ("worst subject", split => split.Seeds.Select(seed => seed.Worst).OfType<SubjectClaim>().MinBy(worst => worst.Accuracy) is { } worst ? Text(worst) : ""),
            ("alarms, healthy", split => Percent(Mean(split, seed => seed.HealthyAlarms))),
            ("area under the curve, faults", split => Number(Mean(split, seed => seed.FaultAuc))),
        ]);
        foreach (var split in splits)
        {
            string why = split.Why.Length == 0 ? "" : $" {split.Why}";
            page.Append(CultureInfo.InvariantCulture, $"""

                **{split.Name}**:{why} Parted {split.Split}. Set:

                {string.Concat(split.Settings.Select(setting => $"    {setting}\n"))}
                """);
        }
    }

    private static double? Mean(OtherSplitClaim split, Func<OtherSplitResult, double?> value) => split.Seeds.Average(value);

    private static string Text(SubjectClaim worst) => $"{worst.Subject}: {Percent(worst.Accuracy)} of {worst.Windows}";

    /// <summary>A table of those columns in which there is something, of which the first names the rows.</summary>
    private static void AppendTable<T>(StringBuilder page, IReadOnlyList<T> rows, (string Title, Func<T, string> Cell)[] columns)
    {
        var filled = columns.Where(column => rows.Any(row => column.Cell(row).Length > 0)).ToArray();
        page.Append(CultureInfo.InvariantCulture, $"""

            | {string.Join(" | ", filled.Select(column => column.Title))} |
            |{string.Concat(filled.Select(_ => "---:|"))}

            """);
        foreach (var row in rows)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", filled.Select(column => column.Cell(row)))} |\n");
        }
    }

    private static void AppendPruning(StringBuilder page, ModelCard card)
    {
        if (card.Pruning.Count == 0)
        {
            return;
        }

        page.Append("""

            ## Structured pruning

            | heads | feed-forward columns | image, bytes | arena, bytes | multiply-accumulates | accuracy in float |
            |---|---|---:|---:|---:|---:|

            """);
        foreach (var step in card.Pruning)
        {
            page.Append(CultureInfo.InvariantCulture, $"""
                | {string.Join(", ", step.Blocks.Select(b => b.Heads))} | {string.Join(", ", step.Blocks.Select(b => b.FeedForward))} | {step.Costs.ImageBytes} | {step.Costs.ArenaBytes} | {step.Costs.Macs} | {Percent(step.FloatAccuracy)} |

                """);
        }
    }

    private static void AppendCosts(StringBuilder page, IReadOnlyList<CardCost> costs)
    {
        if (costs.Count == 0)
        {
            return;
        }

        page.Append("""

            ## Cost
            Instructions are counted on the emulated core. Cycles, time and energy are estimates: by a model of the core, the board's clock and published
            currents. A hop is from one inference to the next; its energy is the processor's, with reading the sensor.

            | board | core | kernels | instructions | cycles | inference, ms | hop, uJ |
            |---|---|---|---:|---:|---:|---:|

            """);
        foreach (var cost in costs)
        {
            page.Append(CultureInfo.InvariantCulture, $"""
                | {cost.Board} | {cost.Core} | {cost.Backend} | {cost.Instructions:N0} | {cost.Cycles:N0} | {cost.Milliseconds:F2} | {cost.HopMicrojoules:F0} |

                """);
        }
    }

    private static void AppendResult(StringBuilder page, string title, ModelCard card, CardResult result)
    {
        page.Append(CultureInfo.InvariantCulture, $"""

            ## {title}

            {result.Windows} windows.
            """);
        AppendClasses(page, card, result);
        if (result.Alarms is { } alarms)
        {
            string apart = result.Int8Confusion is null ? "" : "\n";
            page.Append(
                CultureInfo.InvariantCulture, $"{apart}The anomaly score reaches the alarm's threshold in {Percent(alarms)} of them.\n");
        }

        AppendDetection(page, result.Detection);
        AppendFaults(page, result.Faults);
    }

    private static void AppendDetection(StringBuilder page, DetectionClaim? detection)
    {
        if (detection is null)
        {
            return;
        }

        var counts = detection.ToCounts();
        var (normal, anomalous) = (counts.FalsePositives + counts.TrueNegatives, counts.TruePositives + counts.FalseNegatives);
        page.Append(CultureInfo.InvariantCulture, $"""

            | F1 | false alarms | missed | area under the curve | normal | anomalous |
            |---:|---:|---:|---:|---:|---:|
            | **{counts.F1:F4}** | {Percent(counts.FalseAlarmRate)} | {Percent(counts.MissRate)} | {detection.Auc:F4} | {normal} | {anomalous} |

            """);
    }

    private static void AppendFaults(StringBuilder page, IReadOnlyList<FaultClaim>? faults)
    {
        if (faults is null)
        {
            return;
        }

        page.Append("""

            Faults put into these windows, each kind into all of them, against the windows as they are:

            | fault | area under the curve | alarms |
            |---|---:|---:|

            """);
        foreach (var fault in faults)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {fault.Fault} | {fault.Auc:F4} | {Percent(fault.DetectionRate)} |\n");
        }
    }

    private static void AppendClasses(StringBuilder page, ModelCard card, CardResult result)
    {
        if (result is not { Int8Accuracy: { } accuracy, Int8Confusion: { } confusion })
        {
            page.Append('\n');
            return;
        }

        string teacher = result.TeacherAccuracy is { } taught ? $" (its teacher: {Percent(taught)})" : "";
        page.Append(CultureInfo.InvariantCulture, $"""
             Accuracy **{Percent(accuracy)} in int8** ({result.Int8Correct} right;
            macro F1 {result.Int8MacroF1:F4}), {Percent(result.FloatAccuracy ?? 0)} in float before quantization{teacher}. The network trained with
            the device's arithmetic and the integer model give the same answer on {Percent(result.FakeQuantizedAgreement)} of them.

            Answers in int8 (columns) by true class (rows):

            | | {string.Join(" | ", card.Classes)} |
            |---|{string.Concat(Enumerable.Repeat("---:|", card.Classes.Count))}

            """);
        foreach (var (name, row) in card.Classes.Zip(confusion))
        {
            page.Append(CultureInfo.InvariantCulture, $"| {name} | {string.Join(" | ", row)} |\n");
        }
    }

    private static string Percent(double? part) => part?.ToString("P2", CultureInfo.InvariantCulture) ?? "";

    private static string Number(double? value) => value?.ToString("F4", CultureInfo.InvariantCulture) ?? "";
}
