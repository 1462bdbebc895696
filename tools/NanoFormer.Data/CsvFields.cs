using System.Globalization;
using CsvHelper;

namespace NanoFormer.Data;

/// <summary>Fields of a CSV file by column, with errors that name file, line and column.</summary>
internal sealed class CsvFields
{
    private readonly CsvReader _csv;
    private readonly string _name;

    public CsvFields(CsvReader csv, string name)
    {
        _csv = csv;
        _name = name;
        if (!NextLine() || !csv.ReadHeader())
        {
            throw new DataException(DataError.MissingColumn, $"{name}: has no header line.");
        }
    }

    /// <summary>The index of a column.</summary>
    public int Column(string column)
    {
        var index = Array.IndexOf(_csv.HeaderRecord!, column);
        return index >= 0
            ? index
            : throw new DataException(DataError.MissingColumn,
                $"{_name}, line 1: no column '{column}' among {string.Join(", ", _csv.HeaderRecord!)}.");
    }

    /// <summary>The index of a column, or null when none was asked for.</summary>
    public int? OptionalColumn(string? column) => column is null ? null : Column(column);

    /// <summary>Goes to the next line; false at the end.</summary>
    public bool NextLine()
    {
        try
        {
            return _csv.Read();
        }
        catch (BadDataException fault)
        {
            throw new DataException(DataError.BadField, $"{_name}, line {_csv.Parser.RawRow}: stray quotes.", fault);
        }
    }

    /// <summary>The text of a field, empty when no column was asked for.</summary>
    public string Text(int? column) =>
        column is null ? "" : _csv.TryGetField<string>(column.Value, out var text) ? text! : throw Fault(column.Value, "is missing");

    /// <summary>The finite number in a field.</summary>
    public double Number(int column)
    {
        var text = Text(column);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : throw Fault(column, $"'{text}' is not a number");
    }

    /// <summary>The number in a field, in steps of <paramref name="scale"/>.</summary>
    public short Int16(int column, double scale)
    {
        var steps = Math.Round(Number(column) / scale, MidpointRounding.AwayFromZero);
        return steps is >= short.MinValue and <= short.MaxValue
            ? (short)steps
            : throw Fault(column, $"'{Text(column)}' does not fit int16 in steps of {scale.ToString(CultureInfo.InvariantCulture)}");
    }

    /// <summary>An error about a field of the current line.</summary>
    public DataException Fault(int column, string problem) =>
        new(DataError.BadField, $"{_name}, line {_csv.Parser.RawRow}, column {_csv.HeaderRecord![column]}: {problem}.");
}
