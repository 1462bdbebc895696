using System.Text.Json;
using System.Text.RegularExpressions;

namespace NanoFormer.Cli.Tests.Energy;

/// <summary>Estimates and measurements never mix: every energy that the product writes says which it is.</summary>
internal static partial class EnergyKinds
{
    private static readonly string[] Kinds = ["estimate", "measurement"];

    /// <summary>Every energy in a result stands in an object, or below one, that says <c>kind</c> or <c>energy_kind</c>, or says it in its own name.</summary>
    /// <returns>How many energies there are.</returns>
    public static int Check(JsonElement json, string? kind = null)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Array:
                return json.EnumerateArray().Sum(item => Check(item, kind));
            case JsonValueKind.Object:
                foreach (string name in new[] { "kind", "energy_kind", "energyKind", "Kind" })
                {
                    if (json.TryGetProperty(name, out var own))
                    {
                        kind = own.GetString();
                        Assert.Contains(kind, Kinds);
                    }
                }

                return json.EnumerateObject().Sum(property => CheckOne(property, kind));
            default:
                return 0;
        }
    }

    /// <summary>Every line with a figure in microjoules says it, or stands below a heading that does.</summary>
    public static int Check(IEnumerable<string> lines)
    {
        int figures = 0;
        bool isSaid = false;
        foreach (string line in lines)
        {
            isSaid |= line.Contains("estimate", StringComparison.Ordinal) || line.Contains("measured", StringComparison.Ordinal) || line.Contains("measurement", StringComparison.Ordinal);
            if (Microjoules().IsMatch(line))
            {
                figures++;
                Assert.True(isSaid, line);
            }
        }

        return figures;
    }

    private static int CheckOne(JsonProperty property, string? kind)
    {
        if (property.Value.ValueKind != JsonValueKind.Number || !Energy().IsMatch(property.Name))
        {
            return Check(property.Value, kind);
        }

        Assert.True(kind is not null || property.Name.Contains("estimate", StringComparison.OrdinalIgnoreCase), $"{property.Name} does not say whether it is measured");
        return 1;
    }

    [GeneratedRegex("energy|_uj|_uw|microjoules|milliamp|battery_?days", RegexOptions.IgnoreCase)]
    private static partial Regex Energy();

    [GeneratedRegex(@"\d uJ|\d mA\b|, uJ\b")]
    private static partial Regex Microjoules();
}
