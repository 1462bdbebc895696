using NanoFormer.Data;
using NanoFormer.Training.Phases;
using static System.FormattableString;

namespace NanoFormer.Training.Personal;

/// <summary>
/// Fits a model of classes to its wearer: its last layer learns from the wearer's windows, and from those of the people the model was
/// trained on, so that it forgets nothing. The integers of all other layers stay.
/// </summary>
/// <param name="old">The model.</param>
/// <param name="trustLabels">Whether labels count that the model doubts.</param>
public sealed class Personalizer(Graph old, bool trustLabels = false)
{
    /// <summary>Share of a class's windows that are taken for one other class from which on its label is doubted.</summary>
    private const double Doubtful = 0.9;

    /// <summary>Windows of other people that are learnt from.</summary>
    private const int Others = 600;

    /// <summary>Fits the model, and tells how it does on windows that decided nothing.</summary>
    /// <param name="own">The wearer's windows.</param>
    /// <param name="others">Windows of the people that the model was trained on.</param>
    /// <param name="progress">Told every window that the model looks at.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="PersonalException">The model is unsuitable, or to be kept as it is.</exception>
    public PersonalModel Run(
        PersonalWindows own, WindowSet others, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        var layers = LastLayers.Of(old)
            ?? throw new PersonalException(PersonalError.UnsuitableModel, "The model's classes do not come from linear layers, which could be fitted.");
        TorchRuntime.Load();
        TorchSharp.torch.set_num_threads(1);
        int count = Math.Min(Others, others.Count);
        var rehearsed = others.Take([.. Enumerable.Range(0, count).Select(i => (int)((long)i * others.Count / count))]);
        int done = 0;
        int total = layers.Count * (own.Learnt.Count + own.Judged.Count + rehearsed.Count);
        var (learnt, judged, known) = (Look(own.Learnt), Look(own.Judged), Look(rehearsed));
        if (!trustLabels)
        {
            RefuseDoubtful(own.Learnt, LastLayers.Answers(old, learnt));
        }

        var trial = PersonalErrors.Sum(own.Bouts.Distinct().Select(bout => Compare(
            layers.Fit(Where(learnt, i => own.Bouts[i] != bout), known), Where(learnt, i => own.Bouts[i] == bout))));
        if (!trial.SpeaksForFitting)
        {
            throw new PersonalException(PersonalError.NoBetter,
                Invariant($"Of {trial.Windows} windows, the model gets {trial.Before} wrong, and {trial.After} when it is fitted to the other bouts: ")
                + "nothing was written, keep the model as it is.");
        }

        var graph = layers.Fit(learnt, known);
        PersonalClass[] classes =
        [
            .. own.Learnt.ClassNames.Select((name, label) => new PersonalClass(
                name, own.Learnt.Labels.Count(l => l == label), Compare(graph, Where(judged, i => own.Judged.Labels[i] == label)), own.Waited[label])),
        ];
        return new PersonalModel(graph, trial, classes);

        LayerInputs[] Look(WindowSet windows) => layers.Look(
            windows,
            () => progress?.Report(new TrainingProgress(TrainingPhase.Evaluation, Interlocked.Increment(ref done), total, double.NaN, double.NaN)),
            cancellation);
    }

    private PersonalErrors Compare(Graph fitted, LayerInputs[] inputs)
    {
        int[] labels = inputs[0].Labels;
        return new PersonalErrors(labels.Length, Errors(old), Errors(fitted));

        int Errors(Graph graph) => LastLayers.Answers(graph, inputs).Zip(labels).Count(pair => pair.First != pair.Second);
    }

    private static LayerInputs[] Where(LayerInputs[] inputs, Func<int, bool> keep) => [.. inputs.Select(own => own.Where(keep))];

    private static void RefuseDoubtful(WindowSet windows, int[] answers)
    {
        foreach (var group in windows.Labels.Zip(answers).GroupBy(pair => pair.First, pair => pair.Second))
        {
            var usual = group.CountBy(answer => answer).MaxBy(pair => pair.Value);
            if (usual.Key != group.Key && usual.Value >= Doubtful * group.Count())
            {
                throw new PersonalException(PersonalError.WrongLabels,
                    Invariant($"The model takes {usual.Value} of {group.Count()} windows labelled {windows.ClassNames[group.Key]} for ")
                    + $"{windows.ClassNames[usual.Key]}: were they labelled by mistake? If not, give --trust-labels.");
            }
        }
    }
}

/// <summary>A model fitted to its wearer.</summary>
/// <param name="Graph">The model, without test vectors.</param>
/// <param name="Trial">What decided to fit it: the windows of each bout, judged by the model fitted to the others.</param>
/// <param name="Classes">How it does on windows that neither were learnt from nor decided anything.</param>
public sealed record PersonalModel(Graph Graph, PersonalErrors Trial, IReadOnlyList<PersonalClass> Classes);
