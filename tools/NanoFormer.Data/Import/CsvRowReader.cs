using System.Globalization;
using CsvHelper;

namespace NanoFormer.Data.Import;

/// <summary>Reads one row of a CSV file after the other, and says what is wrong with those that cannot be read.</summary>
internal sealed class CsvRowReader(CsvReader csv, CsvColumns columns, SourcePlace place, QuoteFault quotes)
{
    private int _firstLine;

    /// <summary>Lines of the current row: more than one when a quote was not closed.</summary>
    public int LineCount => 1 + csv.Parser.RawRecord.TrimEnd('\r', '\n').Count(c => c == '\n');

    /// <summary>Goes to the next row, past empty lines; false at the end.</summary>
    public bool Next()
    {
        do
        {
            quotes.Seen = false;
            _firstLine = csv.Parser.RawRow + 1;
            if (!csv.Read())
            {
                return false;
            }
        }
        while (columns.Width > 1 && csv.Parser.Record is [""]);
        return true;
    }

    /// <summary>Reads the current row; a value that is empty, NaN or infinite becomes NaN.</summary>
    public bool TryRead(out CsvRow row, out string fault)
    {
        row = default;
        fault = FormFault() ?? "";
        if (fault.Length > 0)
        {
            return false;
        }
        double seconds = 0;
        if (columns.Time is { } time && !TryNumber(time, out seconds))
        {
            fault = NumberFault(time);
            return false;
        }
        var values = new double[columns.Values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            if (!TryValue(columns.Values[i], out values[i]))
            {
                fault = NumberFault(columns.Values[i]);
                return false;
            }
        }
        var sample = new SourceSample(_firstLine, seconds * columns.TimeUnitSeconds, values, Text(columns.Label));
        row = new CsvRow(sample, Text(columns.Subject), Text(columns.Recording));
        return true;
    }

    private string? FormFault()
    {
        var fields = csv.Parser.Record!; // processes all fields, and with them the quotes
        if (LineCount > 1)
        {
            return FormattableString.Invariant(
                $"{place.Of(_firstLine)}: a quote opens here and goes on to line {_firstLine + LineCount - 1}");
        }
        if (quotes.Seen)
        {
            return $"{place.Of(_firstLine)}: stray quotes";
        }
        var used = Array.FindLastIndex(fields, field => field.Length > 0) + 1;
        return fields.Length < columns.Width || used > columns.Width
            ? FormattableString.Invariant($"{place.Of(_firstLine)}: {fields.Length} fields, the header has {columns.Width}")
            : null;
    }

    private bool TryValue(int column, out double value)
    {
        if (Text(column).Length == 0 || Text(column).TrimStart('+', '-').Equals("inf", StringComparison.OrdinalIgnoreCase))
        {
            value = double.NaN;
            return true;
        }
        var isNumber = double.TryParse(Text(column), NumberStyles.Float, CultureInfo.InvariantCulture, out value);
        value = double.IsFinite(value) ? value : double.NaN;
        return isNumber;
    }

    private bool TryNumber(int column, out double number) =>
        double.TryParse(Text(column), NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    private string NumberFault(int column) => $"{place.Of(_firstLine, columns.Names[column])}: '{Text(column)}' is not a number";

    private string Text(int? column) => column is null ? "" : csv.Parser[column.Value];
}
