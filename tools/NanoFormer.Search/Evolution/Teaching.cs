using NanoFormer.Search.Trials;
using NanoFormer.Training.Proposal;

namespace NanoFormer.Search.Evolution;

/// <summary>
/// The last thing a search tries: the trial it found, trained with teachers of its own kind. That changes nothing on the device, and is
/// compared on parts of the subjects that the trial itself was judged on.
/// </summary>
internal static class Teaching
{
    private const int MostParts = 3;

    /// <summary>The rounds that compare a trial with its taught self, one per part of the subjects.</summary>
    public static IReadOnlyList<int> Rounds(IReadOnlyList<SearchRound> rounds, Trial found) =>
        [.. rounds.Index().Where(round => round.Item.Fold is not null && found.InRound(round.Index)?.Score is not null).Take(MostParts).Select(round => round.Index)];

    /// <summary>A trial with teachers: one that is there, or a new one.</summary>
    public static Trial Of(ITrialList trials, Trial found, int teachers) =>
        trials.Trials.FirstOrDefault(trial => trial.Origin == TrialOrigin.Taught && trial.Parent == found.Id)
            ?? trials.Add(TrialOrigin.Taught, found.Id, Teachers.Of(found.Config, teachers), found.Costs, null);
}
