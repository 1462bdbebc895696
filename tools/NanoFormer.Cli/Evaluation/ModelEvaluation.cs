using NanoFormer.Cli.Models;
using NanoFormer.Evaluation;
using NanoFormer.Evaluation.Opponents;
using NanoFormer.Interop;
using NanoFormer.Runtime;

namespace NanoFormer.Cli.Evaluation;

/// <summary>Everything that was found out about a model.</summary>
internal sealed record ModelEvaluation
{
    /// <summary>The model, as the engine read it.</summary>
    public required ModelInfo Model { get; init; }

    /// <summary>What it may be used for, and what not; empty when its configuration does not say.</summary>
    public string Use { get; init; } = "";

    /// <summary>The windows.</summary>
    public required EvaluationWindows Data { get; init; }

    /// <summary>Where the model ran.</summary>
    public required string Core { get; init; }

    /// <summary>The integer model's answers.</summary>
    public required Judgement Integer { get; init; }

    /// <summary>What the card claims of these windows; null when it does not speak of them.</summary>
    public required CardAccuracy? Card { get; init; }

    /// <summary>The float network the model was made from; null when it is not there.</summary>
    public Judgement? FloatTwin { get; init; }

    /// <summary>The larger network the model learnt from; null when it is not there.</summary>
    public Judgement? Teacher { get; init; }

    /// <summary>What is possible without a network; null without classes, or without windows to learn from.</summary>
    public Opponent? Opponent { get; init; }

    /// <summary>The accuracies of the trainings with other seeds, as the card has them; empty when it has none.</summary>
    public IReadOnlyList<double> SeedAccuracies { get; init; } = [];

    /// <summary>Another model at the end of the same windows; null when none was named.</summary>
    public ComparisonModel? Comparison { get; init; }

    /// <summary>The answers with postures held until a movement; null for a model without postures, and where no window overlaps another.</summary>
    public HeldAccuracy? Postures { get; init; }

    /// <summary>The same without the windows that no named class fits; null where there are none.</summary>
    public HeldAccuracy? NamedPostures { get; init; }

    /// <summary>Clipping at the input; null when it is not known.</summary>
    public InputClipping? Clipping { get; init; }

    /// <summary>Answers under perturbations; null when they were not run.</summary>
    public RobustnessTable? Robustness { get; init; }

    /// <summary>Alarms over whole recordings; null without a score, or where nothing is to be found in the recordings.</summary>
    public EventTable? Events { get; init; }

    /// <summary>Whether the model fits the boards that can be flashed.</summary>
    public required IReadOnlyList<BoardFit> Fits { get; init; }

    /// <summary>Time and energy on the boards with published currents.</summary>
    public required IReadOnlyList<BoardCost> Costs { get; init; }

    /// <summary>Windows judged.</summary>
    public int Windows => Data.Windows.Count;

    /// <summary>Least confidence that the model's own gate believes, in steps of 1/256 as on a device.</summary>
    public double GateThreshold => new ConfidenceGate(Model.GateThresholdPermille, voters: 1).Threshold / 256.0;

    /// <summary>What that gate would do; null without classes.</summary>
    public CoveragePoint? Gate => Integer.Classes?.Coverage.At(GateThreshold);

    /// <summary>Least score of an alarm; null when the model never gives one.</summary>
    public static double? AlarmScore(ModelInfo model) =>
        OutputLayout.Of(model).AlarmScore is var score && score != OutputLayout.NoScore ? score : null;

    /// <summary>Whether the answers confirm the card; null without a claim.</summary>
    public bool? EqualsCard => Card?.IsConfirmedBy(Integer, Windows);

    /// <summary>Points of accuracy (or of the area under the curve) lost from the float twin to int8; null when not measured.</summary>
    public double? QuantizationLossPoints => 100 * (FloatTwin?.Merit - Integer.Merit);
}
