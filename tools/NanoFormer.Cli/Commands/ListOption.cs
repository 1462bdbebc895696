using System.CommandLine;

namespace NanoFormer.Cli.Commands;

/// <summary>Options of several values: with commas, or given more than once.</summary>
internal static class ListOption
{
    /// <summary>The option, with blanks between its values, too.</summary>
    public static Option<string[]> OfWords(string name, string description)
    {
        var option = Of(name, description);
        option.AllowMultipleArgumentsPerToken = true;
        return option;
    }

    /// <summary>An option; without it the list is empty.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What its values are.</param>
    /// <param name="allowed">The only values; none for any.</param>
    public static Option<string[]> Of(string name, string description, params IReadOnlyCollection<string> allowed)
    {
        string among = allowed.Count == 0 ? "" : $" One or more of {string.Join(", ", allowed)}.";
        return new Option<string[]>(name)
        {
            Description = $"{description}{among} Several with commas, or the option again.",
            DefaultValueFactory = _ => [],
            CustomParser = result =>
            {
                string[] values = [.. result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.TrimEntries))];
                if (allowed.Count > 0 && values.Except(allowed).FirstOrDefault() is { } other)
                {
                    result.AddError($"'{other}' is not one of {string.Join(", ", allowed)}, as {name} needs.");
                }

                return values;
            },
        };
    }
}
