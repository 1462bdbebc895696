using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace NanoFormer.Data.Import;

/// <summary>A column to read: its name in the source and its unit, and the int16 step to store it in when that is to be fixed.</summary>
/// <param name="Name">Name in the source.</param>
/// <param name="Unit">Physical unit of the values, such as <c>g</c>.</param>
/// <param name="Scale">Physical units of one int16 step; null to choose the finest power of two in which every value fits.</param>
public sealed record SourceChannel(string Name, string Unit, [property: Range(1e-12, 1e12)] double? Scale = null)
{
    /// <summary>Name in the source, where that is another; a * at its beginning stands for any text.</summary>
    public string? Column { get; init; }

    /// <summary>What the source's numbers are multiplied by to be in the unit, such as the g of one count of a sensor.</summary>
    [Range(1e-12, 1e12)]
    public double Gain { get; init; } = 1;

    /// <summary>A column that is added to the first, such as the gravity that was taken from it; null without.</summary>
    public string? Added { get; init; }

    /// <summary>What is taken from the source's numbers before: where a converter that knows no negative numbers has its zero.</summary>
    [Range(-1e12, 1e12)]
    public double Offset { get; init; }

    /// <summary>The column that is read.</summary>
    internal string ColumnName => Column ?? Name;

    /// <summary>
    /// Reads <c>NAME:UNIT</c> or <c>NAME:UNIT:SCALE</c>; <c>NAME=COLUMN</c> in place of the name gives the channel another one than its
    /// column has.
    /// </summary>
    /// <exception cref="DataException">
    /// <see cref="DataError.BadOption"/>: the text has another form, or the scale is not positive.
    /// </exception>
    public static SourceChannel Parse(string text)
    {
        string[] parts = text.Split(':');
        if (parts.Length is 2 or 3 && parts[0].Length > 0 && parts[1].Length > 0 && TryScale(parts, out double? scale))
        {
            return parts[0].Split('=') is [{ Length: > 0 } name, { Length: > 0 } column]
                ? new SourceChannel(name, parts[1], scale) { Column = column }
                : new SourceChannel(parts[0], parts[1], scale);
        }

        throw new DataException(DataError.BadOption,
            $"'{text}' is not a channel: write NAME:UNIT, such as acc_x:g, or NAME:UNIT:SCALE with the units of one int16 step.");
    }

    private static bool TryScale(string[] parts, out double? scale)
    {
        scale = null;
        if (parts.Length == 2)
        {
            return true;
        }

        bool isNumber = double.TryParse(parts[2], NumberStyles.Float, CultureInfo.InvariantCulture, out double number);
        scale = number;
        return isNumber && double.IsFinite(number) && number > 0;
    }
}
