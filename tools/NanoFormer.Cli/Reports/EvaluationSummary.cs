using System.Globalization;
using NanoFormer.Cli.Evaluation;

namespace NanoFormer.Cli.Reports;

/// <summary>The sentences that begin a report of an evaluation.</summary>
internal static class EvaluationSummary
{
    /// <summary>The sentences, one per line.</summary>
    public static IEnumerable<string> Lines(ModelEvaluation evaluation)
    {
        var verdict = Verdict.Of(evaluation);
        yield return $"{(verdict.Fits ? "It fits." : "Not yet.")} {verdict.Sentence}";
        if (evaluation.Use.Length > 0)
        {
            yield return $"use: {evaluation.Use}";
        }

        string head = $"{evaluation.Model.ModelId} on {evaluation.Data.Dataset}, {evaluation.Data.Split}";
        yield return evaluation.Integer.Classes is { Matrix: var matrix }
            ? Text($"{head}: {matrix.Correct} of {matrix.Total} right = {matrix.Accuracy:P2}, ")
                + Text($"macro-F1 {matrix.MacroF1:F4} ({evaluation.Core})")
            : Text($"{head}: {evaluation.Windows} windows ({evaluation.Core})");
        if (evaluation.Card is { } card)
        {
            yield return Card(card, evaluation.EqualsCard == true);
        }

        if (evaluation.Gate is { } gate)
        {
            yield return Text($"calibration error {evaluation.Integer.Classes!.Reliability.ExpectedError:P2}; ")
                + Text($"gate at {evaluation.Model.GateThresholdPermille / 1000.0:0.0##}: ")
                + Text($"{gate.Coverage:P2} of the answers believed, of which {gate.Accuracy ?? 0:P2} right");
        }

        if (evaluation.Postures is { } postures)
        {
            yield return Text($"postures held until a movement: {postures.Own:P2} -> {postures.Held:P2} of the windows right")
                + (evaluation.NamedPostures is { } named ? Text($"; of the {named.Windows} of named classes {named.Own:P2} -> {named.Held:P2}") : "");
        }

        if (evaluation.Integer.Anomalies is { } anomalies)
        {
            yield return Text($"anomaly score: AUC {anomalies.Roc.Area:F4}; ") + (anomalies.AtAlarm is { } counts
                ? Text($"at the alarm threshold F1 {counts.F1:F4}, false alarms {counts.FalseAlarmRate:P2}, missed {counts.MissRate:P2}")
                : "no alarm threshold");
        }
        else if (evaluation.Integer.AlarmRate is { } rate)
        {
            yield return Text($"anomaly score: alarms in {rate:P2} of the windows; the data does not tell normal from anomaly");
        }
    }

    private static string Card(Models.CardAccuracy card, bool isEqual)
    {
        string[] claims =
        [
            .. card.Int8Accuracy is { } int8 ? [Text($"{int8:P2} int8, {card.FloatAccuracy:P2} float")] : Array.Empty<string>(),
            .. card.Result.Alarms is { } alarms ? [Text($"alarms in {alarms:P2}")] : Array.Empty<string>(),
        ];
        return $"card: {string.Join(", ", claims)}; {(isEqual ? "equal" : "NOT EQUAL")}";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
