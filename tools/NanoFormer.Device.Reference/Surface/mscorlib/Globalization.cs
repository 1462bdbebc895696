namespace System.Globalization
{
    public class CultureInfo
    {
        public extern CultureInfo(string name);

        public static extern CultureInfo CurrentUICulture { get; }
        public virtual extern CultureInfo Parent { get; }
        public virtual extern string Name { get; }
        public virtual extern NumberFormatInfo NumberFormat { get; }
        public virtual extern DateTimeFormatInfo DateTimeFormat { get; }

        public override extern string ToString();
    }

    public sealed class NumberFormatInfo
    {
        internal extern NumberFormatInfo();

        public extern int[] NumberGroupSizes { get; }
        public static extern NumberFormatInfo CurrentInfo { get; }
        public extern string NegativeSign { get; }
        public extern string NumberDecimalSeparator { get; }
        public extern string NumberGroupSeparator { get; }
        public extern string PositiveSign { get; }
    }

    public sealed class DateTimeFormatInfo
    {
        internal extern DateTimeFormatInfo();

        public static extern DateTimeFormatInfo CurrentInfo { get; }
        public extern string AMDesignator { get; }
        public extern string DateSeparator { get; }
        public extern string FullDateTimePattern { get; }
        public extern string LongDatePattern { get; }
        public extern string LongTimePattern { get; }
        public extern string MonthDayPattern { get; }
        public extern string PMDesignator { get; }
        public extern string RFC1123Pattern { get; }
        public extern string ShortDatePattern { get; }
        public extern string ShortTimePattern { get; }
        public extern string SortableDateTimePattern { get; }
        public extern string TimeSeparator { get; }
        public extern string UniversalSortableDateTimePattern { get; }
        public extern string YearMonthPattern { get; }
        public extern string[] AbbreviatedDayNames { get; }
        public extern string[] DayNames { get; }
        public extern string[] AbbreviatedMonthNames { get; }
        public extern string[] MonthNames { get; }
    }
}
