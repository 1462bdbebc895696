using NanoFormer.Cli.Engines;
using NanoFormer.Cli.Models;
using NanoFormer.Cli.Reports;
using NanoFormer.Data;
using NanoFormer.Evaluation.Opponents;
using NanoFormer.Evaluation.Robustness;
using NanoFormer.Interop;
using NanoFormer.Training.Cards;
using NanoFormer.Training.Configuration;

namespace NanoFormer.Cli.Evaluation;

/// <summary>Finds out about a model what can be found out.</summary>
/// <param name="model">The model.</param>
/// <param name="config">What it was trained with; null when that is not there.</param>
/// <param name="core">Where it runs.</param>
/// <param name="quiet">Whether to show no progress.</param>
/// <param name="against">Another model to hold against it; null for none.</param>
internal sealed class Evaluator(ModelFile model, TrainingConfig? config, string core, bool quiet, ModelFile? against = null)
{
    /// <summary>Its answers to windows alone, for a look at its card.</summary>
    /// <exception cref="CommandFailure">The windows are not what the model takes.</exception>
    public Judgement Judge(EvaluationWindows data)
    {
        using var engine = EngineFactory.Open(core, model.Image);
        return Judge(engine, data, Predictions.Of(engine.Info, data.Windows.ClassNames, Run(engine, data)), RuleOf(engine, data));
    }

    /// <summary>Everything.</summary>
    /// <exception cref="CommandFailure">The windows are not what the model takes.</exception>
    public ModelEvaluation Evaluate(EvaluationWindows data)
    {
        using var engine = EngineFactory.Open(core, model.Image);
        var info = engine.Info;
        sbyte[][] outputs = Run(engine, data);
        var predictions = Predictions.Of(info, data.Windows.ClassNames, outputs);
        var rule = RuleOf(engine, data);
        int[]? held = info.Postures != 0 && config?.Data.Recordings is not null
            ? new HeldPostures(data.Windows, info.HopSamples).Answers(info, outputs)
            : null;
        var judgement = Judge(engine, data, predictions, rule);
        int boards = Board.PowerFigures.Shipped.Boards.Count;
        return new ModelEvaluation
        {
            Model = info,
            Use = config?.Use ?? "",
            Data = data,
            Core = core,
            Integer = judgement,
            Events = EventTable.Measure(data.Windows, predictions.Scores, judgement.Faults, rule, info.HopSamples / data.Windows.RateHz),
            Card = CardAccuracy.Read(model, data.Dataset, data.Split),
            FloatTwin = OnnxNetwork.Judge(model.FloatTwinPath, info, data),
            Teacher = OnnxNetwork.Judge(model.TeacherPath, info, data),
            Comparison = against is null ? null : Progress.Run("comparison", data.Windows.Count, quiet, done =>
                ComparisonModel.Run(against, data.Windows, info.HopSamples, predictions.Classes, held, done)),
            Postures = held is null ? null : HeldAccuracy.Of(data.Windows, _ => true, predictions.Classes, held),
            NamedPostures = held is null || config?.Data.Recordings?.UnknownClass is not { } rest
                ? null
                : HeldAccuracy.Of(data.Windows, i => data.Windows.ClassNames[data.Windows.Labels[i]] != rest, predictions.Classes, held),
            Opponent = info.ClassCount > 0 && data.Train is { Count: > 0 } train && train.Labels.Distinct().Count() > 1
                ? Progress.Run("forest", 1, quiet, _ => Opponent.Measure(train, data.Windows))
                : null,
            SeedAccuracies = model.CardPath is { } card
                ? [.. ModelCard.Parse(File.ReadAllText(card)).Seeds.Select(seed => seed.Int8Accuracy).OfType<double>()]
                : [],
            Clipping = config is null ? null : InputClipping.Measure(config.Input, data),
            Robustness = MeasureRobustness(engine, data, rule),
            Fits = BoardFit.All(info),
            Costs = Progress.Run("boards", boards, quiet, done => BoardCost.Measure(info, model.Image, done)),
        };
    }

    private Judgement Judge(ITransformerEngine engine, EvaluationWindows data, Predictions predictions, AlarmRule rule) =>
        rule.Judge(data.Windows, predictions) with { Faults = MeasureFaults(engine, data, rule) };

    private static AlarmRule RuleOf(ITransformerEngine engine, EvaluationWindows data) =>
        AlarmRule.Of(ModelEvaluation.AlarmScore(engine.Info), data, windows => Scores(engine, windows));

    private sbyte[][] Run(ITransformerEngine engine, EvaluationWindows data)
    {
        var windows = data.Windows;
        WindowFit.Require(engine.Info, windows);
        if (config is not null)
        {
            WindowFit.Require(config, windows);
        }

        return Progress.Run("windows", windows.Count, quiet, done => EngineOutputs.Of(engine, windows, done));
    }

    private FaultTable? MeasureFaults(ITransformerEngine engine, EvaluationWindows data, AlarmRule rule)
    {
        if (core != EngineFactory.Host || config?.Faults?.Injection is not { } faults)
        {
            return null;
        }

        return Progress.Run("faults", FaultTable.Kinds(faults).Length, quiet, done =>
            FaultTable.Measure(
                data.Windows, faults, windows => rule.Apply(windows, Scores(engine, windows)), rule.Threshold, done));
    }

    private static double[] Scores(ITransformerEngine engine, WindowSet windows) =>
        Predictions.Of(engine.Info, windows.ClassNames, EngineOutputs.Of(engine, windows, _ => { })).Scores;

    // Every engine gives the same bytes; only this one is fast enough for all windows.
    private RobustnessTable? MeasureRobustness(ITransformerEngine engine, EvaluationWindows data, AlarmRule rule)
    {
        if (core != EngineFactory.Host)
        {
            return null;
        }

        var triads = config?.Augmentation.Triads is { Count: > 0 } configured ? configured : AxisTriads.Find(data.Windows.Channels);
        return Progress.Run("perturbations", RobustnessTable.CountRows(data.Windows, triads), quiet, done =>
            RobustnessTable.Measure(engine, data.Windows, triads, rule, done));
    }
}
