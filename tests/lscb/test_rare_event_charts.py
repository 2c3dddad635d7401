"""Charts of the time between rare events."""

from datetime import date

from lscb import rare_event_charts as rare


def test_days_between_events_and_their_chart():
    events = [date(2017, 1, 1), date(2017, 3, 1), date(2017, 1, 31), date(2017, 3, 1)]
    assert rare.days_between(events).tolist() == [30, 29, 0]
    quiet = rare.t_chart([10, 30, 50, 5, 80, 20, 40, 35, 15, 60, 25, 45, 1500])
    assert quiet.special_cause[-1] == "above_upper"
    assert quiet.low[0] >= 0 and not quiet.cause[:-1].any()
    assert rare.t_chart([1, 100] * 6).low[0] == 0  # below 0 days on the transformed scale
