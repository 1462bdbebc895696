using System.Text.Json.Nodes;
using NanoFormer.Model;

namespace NanoFormer.Interchange;

/// <summary>What the caller of an exported model must bring: the text of the metadata entry <c>nanoformer</c>.</summary>
internal static class InputDescription
{
    /// <summary>The name of the tensor that takes the place of a quantize operator's result.</summary>
    public static string NameOf(Quantize step, Graph graph)
    {
        Operator[] all = [.. graph.Operators.OfType<Quantize>()];
        return all.Length == 1 ? "window" : FormattableString.Invariant($"window{Array.IndexOf(all, step)}");
    }

    /// <summary>The description as JSON.</summary>
    public static string Json(Graph graph)
    {
        var inputs = graph.Operators.OfType<Quantize>().Select(step => (JsonNode)Input(step, graph));
        return new JsonObject
        {
            ["model"] = graph.ModelId,
            ["rateMillihertz"] = graph.Input.RateMillihertz,
            ["hopSamples"] = graph.Input.HopSamples,
            ["labels"] = new JsonArray([.. graph.Labels.Select(label => (JsonNode)label)]),
            ["inputs"] = new JsonArray([.. inputs]),
        }.ToJsonString();
    }

    private static JsonObject Input(Quantize step, Graph graph)
    {
        var channels = Enumerable.Range(0, step.Output.Columns).Select(i => (JsonNode)Channel(step, graph, i));
        return new JsonObject
        {
            ["tensor"] = NameOf(step, graph),
            ["step"] = step.Step,
            ["zeroPoint"] = step.Output.ZeroPoint,
            ["channels"] = new JsonArray([.. channels]),
        };
    }

    private static JsonObject Channel(Quantize step, Graph graph, int index)
    {
        var channel = graph.Input.Channels[step.FirstChannel + index];
        var constants = new ChannelConstants(step.ChannelConstants);
        return new JsonObject
        {
            ["name"] = channel.Name,
            ["unit"] = channel.Unit,
            ["unitsPerStep"] = channel.Scale.ToReal(),
            ["offset"] = constants.Biases[index],
            ["multiplier"] = constants.Mantissas[index],
            ["shift"] = constants.Shifts[index],
        };
    }
}
