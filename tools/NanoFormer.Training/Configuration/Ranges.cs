using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace NanoFormer.Training.Configuration;

/// <summary>Checks the ranges that settings carry as attributes, which the schema shows too.</summary>
internal static class Ranges
{
    /// <summary>Checks all settings within <paramref name="settings"/>.</summary>
    /// <param name="settings">A record of the configuration.</param>
    /// <param name="field">Its own name in the file; empty for the whole.</param>
    /// <exception cref="ConfigException"><see cref="ConfigError.OutOfRange"/>, with the setting's name.</exception>
    public static void Require(object settings, string field)
    {
        foreach (var property in settings.GetType().GetProperties().Where(property => property.CanWrite))
        {
            if (property.GetValue(settings) is { } value)
            {
                RequireSetting(property, value, Join(field, JsonNamingPolicy.CamelCase.ConvertName(property.Name)));
            }
        }
    }

    private static void RequireSetting(PropertyInfo property, object value, string field)
    {
        if (property.GetCustomAttribute<RangeAttribute>() is { } range)
        {
            Rules.RequireRange(field, ToDouble(value), ToDouble(range.Minimum), ToDouble(range.Maximum));
        }

        if (LimitsOf(property) is var (fewest, most) && value is ICollection many)
        {
            Rules.Require(many.Count >= fewest && many.Count <= most,
                field, FormattableString.Invariant($"has {many.Count} entries, ") + (most < int.MaxValue
                    ? FormattableString.Invariant($"not {fewest} .. {most}")
                    : FormattableString.Invariant($"and needs {fewest}")));
        }

        RequireWithin(value, field);
    }

    private static void RequireWithin(object value, string field)
    {
        if (IsRecord(value))
        {
            Require(value, field);
            return;
        }

        foreach (var (index, item) in value is IList items ? items.Cast<object>().Where(IsRecord).Index() : [])
        {
            Require(item, FormattableString.Invariant($"{field}[{index}]"));
        }
    }

    /// <summary>How few and how many entries a list may have; null where there is no limit.</summary>
    private static (int Fewest, int Most)? LimitsOf(PropertyInfo property) => (
        property.GetCustomAttribute<LengthAttribute>(), property.GetCustomAttribute<MinLengthAttribute>()) switch
    {
        ({ } both, _) => (both.MinimumLength, both.MaximumLength),
        (_, { } least) => (least.Length, int.MaxValue),
        _ => null,
    };

    private static bool IsRecord(object value) =>
        !value.GetType().IsEnum && value.GetType().Namespace?.StartsWith(nameof(NanoFormer), StringComparison.Ordinal) == true;

    private static double ToDouble(object value) => Convert.ToDouble(value, CultureInfo.InvariantCulture);

    private static string Join(string field, string name) => field.Length == 0 ? name : $"{field}.{name}";
}
