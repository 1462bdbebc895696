#if !NANOFRAMEWORK_1_0
using System;
using NanoFormer.Interop;
using NanoFormer.Sensors;

namespace NanoFormer.Runtime
{
    /// <summary>A capture's port on .NET over any register bus: transfers and alarms take place while the capture is waited for.</summary>
    public sealed class BusCapturePort : ICapturePort
    {
        private readonly IRegisterBus _bus;
        private readonly IClock _clock;
        private long _alarmMicroseconds;
        private Action _alarm;

        /// <summary>Uses a bus and a clock, which the caller keeps owning.</summary>
        public BusCapturePort(IRegisterBus bus, IClock clock)
        {
            _bus = bus;
            _clock = clock;
        }

        /// <inheritdoc/>
        public long Microseconds
        {
            get { return _clock.Microseconds; }
        }

        /// <inheritdoc/>
        public CaptureTransfer Read(int register, byte[] buffer)
        {
            return ResultOf(_bus.Read(register, buffer));
        }

        /// <inheritdoc/>
        public CaptureTransfer Write(int register, int value)
        {
            return ResultOf(_bus.Write(register, value));
        }

        /// <inheritdoc/>
        public void SetAlarm(long atMicroseconds, Action action)
        {
            _alarmMicroseconds = atMicroseconds;
            _alarm = action;
        }

        /// <inheritdoc/>
        public void Rest(long untilMicroseconds)
        {
            long end = _alarm == null ? untilMicroseconds : Math.Min(untilMicroseconds, _alarmMicroseconds);
            long left = end - _clock.Microseconds;
            if (left > 0)
            {
                _clock.Sleep((int)((left + 999) / 1000));
            }

            if (_alarm != null && _clock.Microseconds >= _alarmMicroseconds)
            {
                var due = _alarm;
                _alarm = null;
                due();
            }
        }

        private static CaptureTransfer ResultOf(BusResult result)
        {
            switch (result)
            {
                case BusResult.Ok: return CaptureTransfer.Done;
                case BusResult.NoAcknowledge: return CaptureTransfer.Refused;
                default: return CaptureTransfer.Broken;
            }
        }
    }
}
#endif
